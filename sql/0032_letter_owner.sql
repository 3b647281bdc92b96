-- A letter belongs to a request or to the correction of a record (条例第四十一条): to a noun with its number, as
-- attachments and tasks do. What was issued before belongs to requests.

--:sqlite
DROP TRIGGER letter_stays;
--:postgresql
DROP TRIGGER letter_stays ON letter;
--:all
DROP INDEX letter_request;
ALTER TABLE letter RENAME COLUMN request_id TO noun_id;
ALTER TABLE letter ADD COLUMN noun TEXT NOT NULL DEFAULT 'request';    -- domain/letter.h, letter_of_nouns
CREATE INDEX letter_owner ON letter (site_id, noun, noun_id, letter_id);

--:sqlite
CREATE TRIGGER letter_stays BEFORE UPDATE ON letter
WHEN NEW.letter_id <> OLD.letter_id OR NEW.noun <> OLD.noun OR NEW.noun_id <> OLD.noun_id
  OR NEW.organ_id <> OLD.organ_id OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year OR NEW.number <> OLD.number OR NEW.code <> OLD.code
  OR NEW.title <> OLD.title OR NEW.organ_name <> OLD.organ_name OR NEW.head <> OLD.head OR NEW.on_day <> OLD.on_day
  OR (NEW.body <> OLD.body AND NEW.body <> '') OR (NEW.addressee <> OLD.addressee AND NEW.addressee <> '')
  OR (NEW.address <> OLD.address AND NEW.address <> '') OR (OLD.state = 'void' AND NEW.state <> 'void')
BEGIN SELECT RAISE(ABORT, 'a letter that was issued is not changed'); END;
--:postgresql
CREATE TRIGGER letter_stays BEFORE UPDATE ON letter FOR EACH ROW
WHEN (NEW.letter_id <> OLD.letter_id OR NEW.noun <> OLD.noun OR NEW.noun_id <> OLD.noun_id
  OR NEW.organ_id <> OLD.organ_id OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year OR NEW.number <> OLD.number OR NEW.code <> OLD.code
  OR NEW.title <> OLD.title OR NEW.organ_name <> OLD.organ_name OR NEW.head <> OLD.head OR NEW.on_day <> OLD.on_day
  OR (NEW.body <> OLD.body AND NEW.body <> '') OR (NEW.addressee <> OLD.addressee AND NEW.addressee <> '')
  OR (NEW.address <> OLD.address AND NEW.address <> '') OR (OLD.state = 'void' AND NEW.state <> 'void'))
EXECUTE FUNCTION letter_kept();
--:all
