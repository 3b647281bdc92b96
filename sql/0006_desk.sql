-- The desk: what waits for whom, what people are told, what they have begun to write.

CREATE TABLE task (
    site_id      BIGINT NOT NULL,
    task_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,              -- whose affair it is
    person_id    BIGINT,                       -- who has it; NULL: whoever holds the role
    role         TEXT   NOT NULL,              -- domain/role.c; '' somebody's own, which nobody else sees
    box          TEXT   NOT NULL,              -- where it lies, worked out from these three (domain/task.h)
    kind         TEXT   NOT NULL,              -- domain/task.c
    noun         TEXT   NOT NULL,              -- of what: organ report person substitution site
    noun_id      BIGINT NOT NULL,
    mark         TEXT   NOT NULL,              -- tells apart several about one thing: the year
    title        TEXT   NOT NULL,
    about        TEXT   NOT NULL,              -- a second line, or ''
    due_on       BIGINT NOT NULL,              -- day; 2932896 (9999-12-31): none, so that they sort last
    state        TEXT   NOT NULL,              -- open done dropped
    made_at      BIGINT NOT NULL,
    made_by      BIGINT,                       -- NULL: the job that looks for what is due
    done_at      BIGINT,                       -- NULL while open
    done_by      BIGINT,                       -- NULL: it was found settled
    why          TEXT   NOT NULL,              -- of the last deferral, or why it was dropped
    version      BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (site_id, task_id)
) WITHOUT ROWID;
CREATE INDEX task_box ON task (site_id, box, state, due_on, task_id, kind);
CREATE INDEX task_organ ON task (site_id, organ_id, state, due_on, task_id);
CREATE INDEX task_open ON task (site_id, due_on, task_id) WHERE state = 'open';
CREATE INDEX task_person ON task (site_id, person_id, state, due_on, task_id);
CREATE INDEX task_done ON task (site_id, done_by, done_at, task_id);
-- A situation makes one task; one that was dropped is not made again while it lasts.
CREATE UNIQUE INDEX task_situation ON task (site_id, kind, noun, noun_id, mark) WHERE state <> 'done';

-- What a person is told in the desk, and by mail where they want it.
CREATE TABLE notice (
    site_id      BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    notice_id    BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    kind         TEXT   NOT NULL,              -- domain/notice.c
    words        TEXT   NOT NULL,
    door         TEXT   NOT NULL,              -- a path of the site, or ''
    read_at      BIGINT,
    PRIMARY KEY (site_id, person_id, notice_id)
) WITHOUT ROWID;
CREATE INDEX notice_unread ON notice (site_id, person_id, notice_id) WHERE read_at IS NULL;
CREATE INDEX notice_at ON notice (site_id, at);

-- Which kinds somebody wants by mail too, where it is not as the table of kinds has it.
CREATE TABLE notice_choice (
    site_id      BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    kind         TEXT   NOT NULL,
    mail         BIGINT NOT NULL,              -- 1 0
    PRIMARY KEY (site_id, person_id, kind)
) WITHOUT ROWID;

-- What somebody has begun to fill in. Seen by nobody else; gone when the form is acted on.
CREATE TABLE draft (
    site_id      BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    form         TEXT   NOT NULL,              -- address of the page the form stands on, and which form
    body         TEXT   NOT NULL,              -- JSON: [[field, value], …]
    version      BIGINT NOT NULL,              -- of what was being edited; 0 none
    at           BIGINT NOT NULL,
    PRIMARY KEY (site_id, person_id, form)
) WITHOUT ROWID;
CREATE INDEX draft_at ON draft (site_id, at);
