-- Sites and organs in full: what they are, the tree and the lines beside it, and their lives.

ALTER TABLE site ADD COLUMN division TEXT NOT NULL DEFAULT '';        -- 行政区划代码
ALTER TABLE site ADD COLUMN site_code TEXT NOT NULL DEFAULT '';       -- 政府网站标识码, ten digits
ALTER TABLE site ADD COLUMN icp TEXT NOT NULL DEFAULT '';             -- ICP备案号
ALTER TABLE site ADD COLUMN police TEXT NOT NULL DEFAULT '';          -- 公安备案号
ALTER TABLE site ADD COLUMN accent TEXT NOT NULL DEFAULT '';          -- #1b4b87; '' the usual one
ALTER TABLE site ADD COLUMN brand TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN index_form TEXT NOT NULL DEFAULT '';      -- template of 索引号 (domain/index_no.h)
ALTER TABLE site ADD COLUMN organ_id BIGINT;                          -- the organ that runs it
ALTER TABLE site ADD COLUMN review_name TEXT NOT NULL DEFAULT '';     -- 行政复议机关, unless the organ has its own
ALTER TABLE site ADD COLUMN review_address TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN review_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN court_name TEXT NOT NULL DEFAULT '';      -- 行政诉讼: the court
ALTER TABLE site ADD COLUMN court_address TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN court_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN office TEXT NOT NULL DEFAULT '';          -- 政府信息公开工作主管部门 and how to reach it
ALTER TABLE site ADD COLUMN office_address TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN office_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN office_mail TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;       -- of the settings; `version` moves with every page

ALTER TABLE organ ADD COLUMN state TEXT NOT NULL DEFAULT 'active';    -- active merged abolished
ALTER TABLE organ ADD COLUMN short_name TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN aliases TEXT NOT NULL DEFAULT '';        -- between 、
ALTER TABLE organ ADD COLUMN credit_code TEXT NOT NULL DEFAULT '';    -- 统一社会信用代码
ALTER TABLE organ ADD COLUMN code TEXT NOT NULL DEFAULT '';           -- 机关代码, the site's own
ALTER TABLE organ ADD COLUMN division TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN rules BIGINT NOT NULL DEFAULT 0;         -- 1: may make 规章
ALTER TABLE organ ADD COLUMN normative BIGINT NOT NULL DEFAULT 0;     -- 1: may make 行政规范性文件
ALTER TABLE organ ADD COLUMN office TEXT NOT NULL DEFAULT '';         -- 政府信息公开工作机构 (条例 12)
ALTER TABLE organ ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN fax TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN post_code TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN mail TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN review_name TEXT NOT NULL DEFAULT '';    -- '' as the site's
ALTER TABLE organ ADD COLUMN review_address TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN review_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN court_name TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN court_address TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN court_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE organ ADD COLUMN founded_on BIGINT;                       -- NULL unknown
ALTER TABLE organ ADD COLUMN ended_on BIGINT;                         -- NULL while it is active

-- A name may be borne again once its bearer has ended.
DROP INDEX organ_name;
CREATE UNIQUE INDEX organ_name_now ON organ (site_id, name) WHERE state = 'active';
CREATE INDEX organ_parent ON organ (site_id, parent_id, ordinal, organ_id);
CREATE INDEX organ_credit ON organ (site_id, credit_code);

-- Every name it ever bore, and what else it is called, so that it is found under all of them.
CREATE TABLE organ_name (
    site_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,
    ordinal      BIGINT NOT NULL,              -- 1, 2 … in the order borne; short name and aliases from 1000
    kind         TEXT   NOT NULL,              -- name short alias
    name         TEXT   NOT NULL,
    name_key     TEXT   NOT NULL,              -- as searched: organ_name_key (domain/organ.h)
    from_on      BIGINT,                       -- of kind name: borne from this day on, NULL unknown
    until_on     BIGINT,                       -- up to the day before this one; NULL still
    PRIMARY KEY (site_id, organ_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX organ_name_found ON organ_name (site_id, name, organ_id);
INSERT INTO organ_name (site_id, organ_id, ordinal, kind, name, name_key)
    SELECT site_id, organ_id, 1, 'name', name, name FROM organ;

-- Addresses it had; they lead to the present one.
CREATE TABLE organ_slug_past (
    site_id      BIGINT NOT NULL,
    slug         TEXT   NOT NULL,
    organ_id     BIGINT NOT NULL,
    PRIMARY KEY (site_id, slug)
) WITHOUT ROWID;

-- What became of it, in the order recorded. Append-only.
CREATE TABLE organ_life (
    site_id      BIGINT NOT NULL,
    life_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,
    event        TEXT   NOT NULL,              -- founded renamed merged split abolished moved
    on_day       BIGINT,                       -- when it took effect; NULL unknown
    basis        TEXT   NOT NULL,              -- the decision it rests on: number and title
    old_name     TEXT   NOT NULL,
    new_name     TEXT   NOT NULL,
    old_parent   BIGINT,
    new_parent   BIGINT,
    person_id    BIGINT,                       -- who recorded it
    recorded_at  BIGINT NOT NULL,
    PRIMARY KEY (site_id, life_id)
) WITHOUT ROWID;
CREATE INDEX organ_life_of ON organ_life (site_id, organ_id, life_id);

-- Who carries on what an ended organ did.
CREATE TABLE organ_heir (
    site_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,
    heir_id      BIGINT NOT NULL,
    life_id      BIGINT NOT NULL,
    PRIMARY KEY (site_id, organ_id, heir_id)
) WITHOUT ROWID;
CREATE INDEX organ_heir_of ON organ_heir (site_id, heir_id, organ_id);

-- Lines of supervision apart from the tree: a bureau over its like below, an office over all.
CREATE TABLE organ_line (
    site_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,              -- who is supervised
    over_id      BIGINT NOT NULL,              -- by whom
    business     TEXT   NOT NULL,              -- in what: 政府信息公开
    since        BIGINT,
    PRIMARY KEY (site_id, organ_id, over_id, business)
) WITHOUT ROWID;
CREATE INDEX organ_line_over ON organ_line (site_id, over_id, organ_id);

-- Who stands under whom, worked out from tree, lines and heirs (domain/organ_under.h); what scopes
-- go by. reach 1: the organ itself, its inner sections, whose work it carries on; 2: below it.
CREATE TABLE organ_under (
    site_id      BIGINT NOT NULL,
    root_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,
    reach        BIGINT NOT NULL,
    PRIMARY KEY (site_id, root_id, organ_id)
) WITHOUT ROWID;
CREATE INDEX organ_under_of ON organ_under (site_id, organ_id, root_id, reach);
-- For the organs that are there already.
INSERT INTO organ_under (site_id, root_id, organ_id, reach)
    WITH RECURSIVE below (site_id, root_id, organ_id, reach) AS (
        SELECT site_id, organ_id, organ_id, 1 FROM organ
        UNION ALL
        SELECT o.site_id, b.root_id, o.organ_id,
               CASE WHEN b.reach = 1 AND o.kind = 'section' THEN 1 ELSE 2 END
        FROM below b JOIN organ o ON o.site_id = b.site_id AND o.parent_id = b.organ_id)
    SELECT site_id, root_id, organ_id, reach FROM below;
