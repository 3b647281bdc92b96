-- Letters (文书) as they went out, with their numbers; the wording that an administrator has changed;
-- and how an organ numbers them. A letter issued keeps its text: only that it was made void (作废) is
-- written later, and, when its time of keeping is over, that its text is gone.

CREATE TABLE letter (
    site_id          BIGINT NOT NULL,
    letter_id        BIGINT NOT NULL,
    request_id       BIGINT NOT NULL,
    organ_id         BIGINT NOT NULL,
    kind             TEXT   NOT NULL,             -- domain/letter.h, letter_defs
    state            TEXT   NOT NULL,             -- issued void
    year             BIGINT NOT NULL,             -- of the number
    number           BIGINT NOT NULL,             -- of the organ in that year, from 1, without gaps; a void one stays
    code             TEXT   NOT NULL,             -- 示住建公复〔2026〕17号
    title            TEXT   NOT NULL,
    addressee        TEXT   NOT NULL,             -- 主送
    body             TEXT   NOT NULL,             -- a paragraph a line
    organ_name       TEXT   NOT NULL,             -- 落款, as it was then
    head             TEXT   NOT NULL,             -- 发文机关标志 in red; '' none
    address          TEXT   NOT NULL,             -- of an addressee who is not the applicant
    postcode         TEXT   NOT NULL,
    template_version BIGINT NOT NULL,             -- of the wording it was made from; 0 the usual one
    on_day           BIGINT NOT NULL,             -- 成文日期
    person_id        BIGINT,
    person_name      TEXT   NOT NULL,
    created_at       BIGINT NOT NULL,
    void_at          BIGINT,
    void_by          TEXT   NOT NULL DEFAULT '',
    void_reason      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (site_id, letter_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX letter_number ON letter (site_id, organ_id, year, number);
CREATE INDEX letter_request ON letter (site_id, request_id, letter_id);
CREATE INDEX letter_organ ON letter (site_id, organ_id, letter_id);
CREATE INDEX letter_code ON letter (site_id, code);

--:sqlite
CREATE TRIGGER letter_stays BEFORE UPDATE ON letter
WHEN NEW.letter_id <> OLD.letter_id OR NEW.request_id <> OLD.request_id OR NEW.organ_id <> OLD.organ_id
  OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year OR NEW.number <> OLD.number OR NEW.code <> OLD.code
  OR NEW.title <> OLD.title OR NEW.organ_name <> OLD.organ_name OR NEW.head <> OLD.head OR NEW.on_day <> OLD.on_day
  OR (NEW.body <> OLD.body AND NEW.body <> '') OR (NEW.addressee <> OLD.addressee AND NEW.addressee <> '')
  OR (NEW.address <> OLD.address AND NEW.address <> '') OR (OLD.state = 'void' AND NEW.state <> 'void')
BEGIN SELECT RAISE(ABORT, 'a letter that was issued is not changed'); END;
CREATE TRIGGER letter_kept BEFORE DELETE ON letter
BEGIN SELECT RAISE(ABORT, 'a letter that was issued is not removed'); END;
--:postgresql
CREATE FUNCTION letter_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a letter that was issued is not changed'; END $$;
CREATE TRIGGER letter_stays BEFORE UPDATE ON letter FOR EACH ROW
WHEN (NEW.letter_id <> OLD.letter_id OR NEW.request_id <> OLD.request_id OR NEW.organ_id <> OLD.organ_id
  OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year OR NEW.number <> OLD.number OR NEW.code <> OLD.code
  OR NEW.title <> OLD.title OR NEW.organ_name <> OLD.organ_name OR NEW.head <> OLD.head OR NEW.on_day <> OLD.on_day
  OR (NEW.body <> OLD.body AND NEW.body <> '') OR (NEW.addressee <> OLD.addressee AND NEW.addressee <> '')
  OR (NEW.address <> OLD.address AND NEW.address <> '') OR (OLD.state = 'void' AND NEW.state <> 'void'))
EXECUTE FUNCTION letter_kept();
CREATE TRIGGER letter_kept BEFORE DELETE OR TRUNCATE ON letter
FOR EACH STATEMENT EXECUTE FUNCTION letter_kept();
--:all

-- The site's own wording; every version is kept.
CREATE TABLE letter_template (
    site_id        BIGINT NOT NULL,
    kind           TEXT   NOT NULL,
    version        BIGINT NOT NULL,             -- from 1
    body           TEXT   NOT NULL,             -- '' back to the usual wording
    person_id      BIGINT,
    person_name    TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (site_id, kind, version)
) WITHOUT ROWID;

-- How an organ's letters look and are numbered; without a row, and where empty, as usual.
CREATE TABLE letter_setting (
    site_id        BIGINT NOT NULL,
    organ_id       BIGINT NOT NULL,
    letter_prefix  TEXT   NOT NULL,             -- 示住建公复
    request_prefix TEXT   NOT NULL,             -- 示住建依申
    head           TEXT   NOT NULL,             -- 发文机关标志; '' none
    review_channel TEXT   NOT NULL,             -- 提交行政复议申请书的互联网渠道
    fee_way        TEXT   NOT NULL,             -- 缴纳方式
    version        BIGINT NOT NULL,
    PRIMARY KEY (site_id, organ_id)
) WITHOUT ROWID;
