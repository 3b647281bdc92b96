-- Work that is done by itself: when each job ran and when it is due again. The row is also the
-- lease, so that of several processes on one database only one runs it (app/job.h).

CREATE TABLE job (
    site_id      BIGINT NOT NULL,
    name         TEXT   NOT NULL,              -- outbox
    due_at       BIGINT NOT NULL,              -- seconds since 1970-01-01 UTC; not before
    holder       TEXT   NOT NULL,              -- who runs it now; '' nobody
    held_until   BIGINT NOT NULL,              -- after that the holder is taken for dead
    began_at     BIGINT NOT NULL,              -- of the last run; 0 never
    ended_at     BIGINT NOT NULL,
    well_at      BIGINT NOT NULL,              -- when it last ended well; 0 never
    runs         BIGINT NOT NULL,
    failures     BIGINT NOT NULL,              -- since it last ended well
    said         TEXT   NOT NULL,              -- what the last run did, or why it failed
    PRIMARY KEY (site_id, name)
) WITHOUT ROWID;
