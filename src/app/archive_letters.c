// The letters of a request in its package: each as it is printed, and one list.
#include "app/archive_part.h"
#include "app/letter_paper.h"
#include "base/json.h"

enum { LIST_BYTES = 4 << 20 };

static void put_letter(JsonOut *w, const Letter *l, bool nameless, Arena *a)
{
    json_object(w);
    json_put_int(w, "id", l->id.n);
    json_put_str(w, "kind", letter_defs[l->kind].id);
    json_put_str(w, "number", l->code);
    json_put_str(w, "title", l->title);
    json_put_str(w, "on", date_iso(a, l->on));
    if (!nameless)
        json_put_str(w, "addressee", l->addressee);
    json_put_str(w, "issued_by", l->person_name);
    json_put_str(w, "issued_at", moment_text(a, l->created_at));
    if (l->is_void) {
        json_put_str(w, "void_by", l->void_by);
        json_put_str(w, "void_at", moment_text(a, l->void_at));
        json_put_str(w, "void_reason", nameless ? S("") : l->void_reason);
    }
    json_end(w);
}

static bool put_paper(App *app, const ArchiveSection *s, LetterId id, Arena *a, ArchiveFiles *out,
                      Err *err)
{
    Letter l;
    Str pdf;
    if (!store_letter_get(app->db, &app->scope, id, a, &l, err))
        return false;
    Paper paper = letter_paper(&l, a);
    Papers one = {&paper, 1, 1};
    if (!paper_pdf(&one, a, &pdf, err))
        return false;
    archive_put(s, str_fmt(a, "%lld.pdf", (long long)id.n),
                str_fmt(a, PRI_STR " " PRI_STR, STR_ARG(l.code), STR_ARG(l.title)), pdf, a, out);
    return true;
}

// After its years only which letters there were: what they said names people.
bool archive_letters(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                     ArchiveFiles *out, Err *err)
{
    Letters letters;
    if (!store_letter_of(app->db, &app->scope, letter_owner(OWNER_REQUEST, c->work.request.id.n), a,
                         &letters, err))
        return false;
    if (!letters.n)
        return true;
    Buf b = buf_new(a, LIST_BYTES);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < letters.n; i++)
        put_letter(&w, &letters.v[i], c->nameless, a);
    json_end(&w);
    archive_put(s, S("letters.json"), S("文书目录"), buf_str(&b), a, out);
    for (size_t i = 0; i < letters.n && !c->nameless; i++)
        if (!put_paper(app, s, letters.v[i].id, a, out, err))
            return false;
    return true;
}
