-- The last order to black a file out (拟公开的文件): by whom, for which version of its marks, how far
-- it is, how it ended. The row is also the lease: who works on it says so every few seconds; where
-- nobody has for a while, as after a crash, another begins anew.

CREATE TABLE release_making (
    site_id      BIGINT NOT NULL,
    file_id      BIGINT NOT NULL,
    version      BIGINT NOT NULL,              -- of the file: its marks as they were then
    state        TEXT   NOT NULL,              -- waiting going done failed cancelled stale
    pages        BIGINT NOT NULL,
    pages_done   BIGINT NOT NULL,
    ordered_by   BIGINT,
    ordered_name TEXT   NOT NULL,
    ordered_at   BIGINT NOT NULL,
    began_at     BIGINT,                       -- the last time it was taken up
    ended_at     BIGINT,
    holder       TEXT   NOT NULL,              -- who works on it; '' nobody
    held_until   BIGINT NOT NULL,              -- after that the holder is taken for dead
    tries        BIGINT NOT NULL,
    why          TEXT   NOT NULL,              -- why it failed
    PRIMARY KEY (site_id, file_id)
) WITHOUT ROWID;
CREATE INDEX release_making_open ON release_making (site_id, ordered_at, file_id) WHERE ended_at IS NULL;

-- Whether somebody else needs what lies at an address (store/anonym.c).
CREATE INDEX release_file_address ON release_file (site_id, address);
CREATE INDEX release_file_result ON release_file (site_id, result);
CREATE INDEX release_page_address ON release_page (site_id, address);
