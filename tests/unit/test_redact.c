// Documents made here by hand, each with something withheld somewhere: what is given out is proven
// free of it, or the message says why there is nothing to give.
#include "test.h"

#include "base/pack.h"
#include "base/sandbox.h"
#include "pdf_make.h"
#include "redact/hidden.h"
#include "redact/ocr.h"
#include "redact/own_pdf.h"
#include "redact/prove.h"
#include "redact/redact.h"
#include "redact/source.h"

#include <stdlib.h>

static Arena whole;
static Arena *a = &whole;

static int begin(void **state)
{
    (void)state;
    whole = arena_new((size_t)16 << 30);
    return 0;
}

static int fresh(void **state)
{
    (void)state;
    arena_reset(&whole, 1 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&whole);
    return 0;
}

// --- doing it

static RedactJob job_of(Str pdf, const char *text)
{
    RedactJob job = {.work = REDACT_MAKE, .kind = ATTACH_PDF, .source = pdf, .quick = true};
    if (text)
        *PUSH(a, &job.marks) =
            (RedactMark){.id = 1, .words = str_z(text), .ground = GROUND_PRIVACY};
    return job;
}

static RedactResult made(const RedactJob *job)
{
    RedactResult r;
    Err err = {0};
    if (!redact_do(job, a, &r, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return r;
}

static void proven(const RedactResult *r)
{
    for (int i = 0; i < PROVE__COUNT; i++)
        if (r->checks[i].outcome == PROOF_FAILED)
            fail_msg("%s: " PRI_STR, redact_checks[i].id.s, STR_ARG(r->checks[i].words));
    assert_true(r->proven);
}

// What another program reads in it.
static Str read_by_poppler(Str pdf)
{
    static const char *const argv[] = {"pdftotext", "-raw", "/dev/stdin", "-", NULL};
    Str text;
    Err err = {0};
    if (!source_run(argv, pdf, 16 << 20, a, &text, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return text;
}

static void free_of(Str pdf, const char *text)
{
    RedactJob job = {.work = REDACT_VERIFY, .kind = ATTACH_PDF, .source = pdf};
    *PUSH(a, &job.marks) = (RedactMark){.id = 1, .words = str_z(text)};
    RedactResult r = made(&job);
    assert_true(r.proven);
    assert_false(redact_holds(read_by_poppler(pdf), str_z(text), a));
}

static Image picture_of(Str pdf, size_t page)
{
    OwnPdf own;
    Image m;
    Err err;
    assert_true(own_pdf_read(pdf, a, &own));
    const OwnPage *p = &own.v[page];
    assert_true(p->jpeg ? image_read(p->picture, 1 << 28, a, &m, &err)
                        : image_of_data(p->picture, p->w, p->h, p->channels, a, &m));
    return m;
}

static int value_at(const Image *m, int x, int y)
{
    const unsigned char *p = m->px + ((size_t)y * (size_t)m->w + (size_t)x) * (size_t)m->channels;
    return m->channels == 1 ? p[0] : (p[0] + p[1] + p[2]) / 3;
}

static bool in_blot(const RedactResult *r, int page, int x, int y)
{
    for (size_t i = 0; i < r->blots.n; i++) {
        const RedactBlot *b = &r->blots.v[i];
        if (b->page == page && x >= b->x0 && x < b->x1 && y >= b->y0 && y < b->y1)
            return true;
    }
    return false;
}

// Outside of what is black the result is the same as a document without what is withheld: what is
// given out does not depend on it.
static void same_outside(const RedactResult *r, Str without)
{
    Source s;
    Err err = {0};
    if (!source_open(ATTACH_PDF, without, a, &s, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    for (int page = 1; page <= r->pages; page++) {
        Image m = picture_of(r->bytes, (size_t)page - 1), n;
        if (!source_render(&s, page, page, 0, a, &n, &err))
            fail_msg("%s (%s)", err.en, err.detail);
        assert_int_equal(m.w, n.w);
        assert_int_equal(m.h, n.h);
        for (int y = 0; y < m.h; y++)
            for (int x = 0; x < m.w; x++)
                if (value_at(&m, x, y) != value_at(&n, x, y) && !in_blot(r, page, x, y))
                    fail_msg("page %d: pixel %d,%d tells of what is withheld", page, x, y);
    }
}

// --- where text can be

typedef struct PlaceRow {
    const char *name, *content, *resources, *more, *catalogue;
    const char *text; // withheld
    int places;       // at least
} PlaceRow;

#define AT(where, words) "BT /F1 12 Tf " where " Td (" words ") Tj ET\n"
#define SHOW(words) "BT /F1 18 Tf 100 120 Td (" words ") Tj ET\n"
// clang-format off
static const PlaceRow place_rows[] = {
    { "a_word",                     SHOW("Case of WILKINSON today"), "", "", "", "WILKINSON", 1 },
    { "part_of_a_word",             SHOW("caseWILKINSONtoday"), "", "", "", "WILKINSON", 1 },
    { "two_words",                  SHOW("Case of Ann WILKINSON today"), "", "", "", "ann wilkinson", 1 },
    { "letters_apart",              "BT /F1 18 Tf 100 120 Td 9 Tc (WILKINSON) Tj ET\n", "", "", "", "WILKINSON", 1 },
    { "letters_placed_one_by_one",  "BT /F1 18 Tf 100 120 Td [(WIL) -400 (KIN) 60 (SON)] TJ ET\n", "", "", "", "WILKINSON", 1 },
    { "across_a_line_end",          "BT /F1 18 Tf 100 120 Td (case of WILK) Tj -5 -22 Td (INSON today) Tj ET\n", "", "", "", "WILKINSON", 1 },
    { "hyphen_at_a_line_end",       "BT /F1 18 Tf 100 120 Td (case of WILK-) Tj -5 -22 Td (INSON today) Tj ET\n", "", "", "", "WILKINSON", 1 },
    { "own_hyphen_at_a_line_end",   "BT /F1 18 Tf 100 120 Td (number 1101-) Tj -5 -22 Td (0101 today) Tj ET\n", "", "", "", "1101-0101", 1 },
    { "both_kinds_of_hyphens",      "BT /F1 18 Tf 100 120 Td (case of Ash-) Tj -5 -22 Td (down-) Tj 0 -22 Td (Hill) Tj ET\n", "", "", "", "Ashdown Hill", 1 },
    { "line_end_in_a_column",       AT("60 120", "case of WILK") AT("300 120", "other words") AT("60 104", "INSON today") AT("300 104", "more words"), "", "", "", "WILKINSON", 1 },
    { "hyphen_in_a_column",         AT("60 120", "case of WILK-") AT("300 120", "other words") AT("60 104", "INSON today") AT("300 104", "more words"), "", "", "", "WILKINSON", 1 },
    { "line_end_in_narrow_columns", AT("60 120", "case of WILK") AT("150 120", "otherwords") AT("60 104", "INSON todays") AT("150 104", "more words"), "", "", "", "WILKINSON", 1 },
    { "line_end_in_columns_run_together", AT("60 120", "case of WILK") AT("143 120", "other words") AT("60 104", "INSON todays") AT("143 104", "more words"), "", "", "", "WILKINSON", 1 },
    { "hyphen_in_columns_run_together", AT("60 120", "case of WILK-") AT("143 120", "other words") AT("60 104", "INSON todays") AT("143 104", "more words"), "", "", "", "WILKINSON", 1 },
    { "line_end_in_a_cell",         AT("60 120", "1") AT("100 120", "WILK") AT("160 120", "4100") AT("100 106", "INSON") AT("60 80", "2") AT("100 80", "HILL") AT("160 80", "900"), "", "", "", "WILKINSON", 1 },
    { "from_column_to_column",      AT("60 120", "the first column") AT("60 104", "ends with WILK-") AT("300 120", "INSON begins") AT("300 104", "the second one"), "", "", "", "WILKINSON", 1 },
    { "turned_text",                "BT /F1 18 Tf 0 1 -1 0 300 30 Tm (WILKINSON) Tj ET\n", "", "", "", "WILKINSON", 1 },
    { "slanting_text",              "BT /F1 18 Tf 0.7 0.7 -0.7 0.7 200 40 Tm (WILKINSON) Tj ET\n", "", "", "", "WILKINSON", 0 },
    { "very_large_text",            "BT /F1 90 Tf 20 100 Td (WILKIN) Tj ET\n", "", "", "", "WILKIN", 1 },
    { "white_on_white",             "1 g " SHOW("WILKINSON"), "", "", "", "WILKINSON", 1 },
    { "invisible_text",             "BT 3 Tr /F1 18 Tf 100 120 Td (WILKINSON) Tj ET\n", "", "", "", "WILKINSON", 1 },
    { "under_a_black_bar",          SHOW("WILKINSON") "0 g 90 110 200 30 re f\n", "", "", "", "WILKINSON", 1 },
    { "under_a_white_bar",          SHOW("WILKINSON") "1 g 90 110 200 30 re f\n", "", "", "", "WILKINSON", 1 },
    { "stroked_text",               "BT 1 Tr /F1 18 Tf 100 120 Td (WILKINSON) Tj ET\n", "", "", "", "WILKINSON", 1 },
    { "as_a_clip",                  "q BT 7 Tr /F1 18 Tf 100 120 Td (WILKINSON) Tj ET 0 g 0 0 600 800 re f Q\n", "", "", "", "WILKINSON", 0 },
    { "twice_on_the_same_spot",     SHOW("WILKINSON") SHOW("WILKINSON"), "", "", "", "WILKINSON", 1 },
    { "in_three_places",            SHOW("WILKINSON") "BT /F1 9 Tf 50 50 Td (x WILKINSON y WILKINSON z) Tj ET\n", "", "", "", "WILKINSON", 3 },
    { "in_the_title_of_the_file",   SHOW("case"), "", "", "", "WILKINSON", 0 },
};
// clang-format on

static void place_row(void **state)
{
    const PlaceRow *r = *state;
    PdfPage page = {.w = 420,
                    .h = 200,
                    .content = str_z(r->content),
                    .resources = str_z(r->resources),
                    .more = str_z(r->more)};
    Str trailer = strstr(r->name, "title") ? S("/Info << /Title (WILKINSON) >>") : S("");
    RedactJob job = job_of(pdf_of(a, &page, 1, str_z(r->catalogue), trailer), r->text);
    RedactResult result = made(&job);
    proven(&result);
    assert_true(result.places[0].places >= r->places);
    free_of(result.bytes, r->text);
}

static void what_is_left_is_what_a_document_without_it_shows(void **state)
{
    (void)state;
    PdfPage with = {.content = S(SHOW("Case of WILKINSON today"))};
    PdfPage without = {.content = S("BT /F1 18 Tf 100 600 Td (Case of ) Tj ET\n"
                                    "BT /F1 18 Tf 277.06 600 Td (today) Tj ET\n")};
    RedactJob job = job_of(pdf_of(a, &with, 1, S(""), S("")), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    (void)without;
    Image m = picture_of(r.bytes, 0);
    size_t ink = 0;
    for (int y = 0; y < m.h; y++)
        for (int x = 0; x < m.w; x++)
            ink += value_at(&m, x, y) < 128 && !in_blot(&r, 1, x, y);
    assert_true(ink > 500); // the other words can be read
}

// --- Chinese, and parts of its words

// Lines are divided by |.
static Str chinese_page(Str text)
{
    Buf b = buf_new(a, 1 << 16);
    Str line = {0}, rest = text;
    for (int y = 100; rest.n || y == 100; y -= 24) {
        str_cut(rest, S("|"), &line, &rest);
        buf_fmt(&b, "BT /F2 16 Tf 60 %d Td " PRI_STR " Tj ET\n", y, STR_ARG(pdf_hex(a, line)));
    }
    PdfPage p = {.w = 420, .h = 140, .content = buf_str(&b)};
    return pdf_of(a, &p, 1, S(""), S(""));
}

typedef struct PartRow {
    const char *name, *line, *without, *text;
} PartRow;

// clang-format off
static const PartRow part_rows[] = {
    { "a_name_in_a_line",       "经查申请人张三住示例县城东街道", "经查申请人　　住示例县城东街道", "张三" },
    { "a_name_at_the_end",      "经查，申请人为张三", "经查，申请人为　　", "张三" },
    { "a_name_at_the_beginning", "张三于二〇二四年申请", "　　于二〇二四年申请", "张三" },
    { "wide_gaps_in_letters",   "编号川小二二小川八入人门", "编号川小　　小川八入人门", "二二" },
    { "full_width_number",      "号码１１０１０１１９９００１０１００１０。", "号码　　　　　　　　　　　　　　　　　　。", "110101199001010010" },
    { "a_name_twice",           "张三告李四，李四答张三", "　　告李四，李四答　　", "张三" },
    { "the_whole_line",         "示例县城东街道三号院", "", "示例县城东街道三号院" },
    { "a_name_over_a_line_end", "经查申请人张|三住示例县城东街道", "经查申请人　|　住示例县城东街道", "张三" },
    { "a_number_over_two_lines", "证号１１０１０１１９９|００１０１００１０。", "证号　　　　　　　　　|　　　　　　　　　。", "110101199001010010" },
    { "a_sentence_over_three",  "应付王|小二四千|元整", "应付　|　　　　|　整", "王小二四千元" },
    { "behind_a_long_number",   "证号１１０１０１张三住示例县", "证号１１０１０１　　住示例县", "张三" },
};
// clang-format on

static void part_row(void **state)
{
    const PartRow *row = *state;
    RedactJob job = job_of(chinese_page(str_z(row->line)), row->text);
    RedactResult r = made(&job);
    proven(&r);
    assert_true(r.places[0].places > 0);
    free_of(r.bytes, row->text);
    same_outside(&r, chinese_page(str_z(row->without)));
}

// Fonts differ in how wide their Latin letters and digits are beside Chinese ones: a name is
// covered whatever stands before it. The gap in the other document is as wide as what is left out.
typedef struct MixedRow {
    const char *name, *before, *name_hex, *behind;
    int scale; // per cent, of the Latin letters
} MixedRow;

// clang-format off
static const MixedRow mixed_rows[] = {
    { "behind_an_identity_number", "110101199001010010", "<5F204E09>", "WWWmmm", 100 },
    { "behind_narrow_letters",     "iiiillll1111",       "<5F204E09>", "WWWW",   100 },
    { "behind_wide_letters",       "WWMM@@",             "<5F204E09>", "iiii",   100 },
    { "in_condensed_letters",      "1101011990",         "<5F204E09>", "0010",   85 },
    { "in_broad_letters",          "1101011990",         "<5F204E09>", "0010",   115 },
};
// clang-format on

static Str mixed_page(const MixedRow *r, bool with)
{
    PdfPage p = {.w = 420,
                 .h = 60,
                 .content =
                     str_fmt(a,
                             "BT /F1 16 Tf 20 30 Td %d Tz (%s) Tj /F2 16 Tf 100 Tz %d Tr %s"
                             " Tj 0 Tr /F1 16 Tf %d Tz (%s) Tj ET\n",
                             r->scale, r->before, with ? 0 : 3, r->name_hex, r->scale, r->behind)};
    return pdf_of(a, &p, 1, S(""), S(""));
}

static void mixed_row(void **state)
{
    const MixedRow *row = *state;
    RedactJob job = job_of(mixed_page(row, true), "张三");
    RedactResult r = made(&job);
    proven(&r);
    assert_true(r.places[0].places > 0);
    same_outside(&r, mixed_page(row, false));
}

// --- pages that are turned and cropped

typedef struct TurnRow {
    const char *name;
    int rotate, crop[4];
} TurnRow;

// clang-format off
static const TurnRow turn_rows[] = {
    { "upright",                 0,   {0} },
    { "turned_by_90",            90,  {0} },
    { "turned_by_180",           180, {0} },
    { "turned_by_270",           270, {0} },
    { "cropped",                 0,   {20, 20, 280, 180} },
    { "cropped_and_turned_90",   90,  {20, 20, 280, 180} },
    { "cropped_and_turned_180",  180, {20, 20, 280, 180} },
    { "cropped_and_turned_270",  270, {20, 20, 280, 180} },
    { "turned_the_other_way",    -90, {0} },
    { "once_more_around",        450, {0} },
};
// clang-format on

#define OTHERS "BT /F1 14 Tf 60 50 Td (other) Tj ET 1 0 0 rg 150 150 20 10 re f\n"

static void turn_row(void **state)
{
    const TurnRow *t = *state;
    PdfPage with = {.w = 300,
                    .h = 200,
                    .content = S("BT /F1 20 Tf 100 100 Td (WILKINSON) Tj ET " OTHERS),
                    .rotate = t->rotate};
    memcpy(with.crop, t->crop, sizeof with.crop);
    PdfPage without = with;
    without.content = S(OTHERS);
    RedactJob job = job_of(pdf_of(a, &with, 1, S(""), S("")), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    assert_int_equal(r.places[0].places, 1);
    same_outside(&r, pdf_of(a, &without, 1, S(""), S("")));
}

static void text_that_runs_askew_is_blacked_out(void **state)
{
    (void)state;
    PdfPage with = {.w = 300,
                    .h = 200,
                    .content = S("BT /F1 20 Tf 0.7071 0.7071 -0.7071 0.7071 110 60 Tm (WILKINSON)"
                                 " Tj ET " OTHERS)};
    PdfPage without = {.w = 300, .h = 200, .content = S(OTHERS)};
    RedactJob job = job_of(pdf_of(a, &with, 1, S(""), S("")), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    assert_int_equal(r.places[0].places, 1);
    same_outside(&r, pdf_of(a, &without, 1, S(""), S("")));
}

// An area is of the page as it is shown: a red square at its upper left is found there.
static void turned_area_row(void **state)
{
    const TurnRow *t = *state;
    const int *c = t->crop[2] ? t->crop : (int[]){0, 0, 300, 200};
    int turn = ((t->rotate % 360) + 360) % 360;
    int cx = turn == 0 || turn == 90 ? c[0] + 8 : c[2] - 18; // corner shown at the upper left
    int cy = turn == 90 || turn == 180 ? c[1] + 8 : c[3] - 18;
    PdfPage with = {.w = 300,
                    .h = 200,
                    .content = str_fmt(a, "1 0 0 rg %d %d 10 10 re f\n", cx, cy),
                    .rotate = t->rotate};
    memcpy(with.crop, t->crop, sizeof with.crop);
    RedactJob job = job_of(pdf_of(a, &with, 1, S(""), S("")), NULL);
    *PUSH(a, &job.marks) = (RedactMark){.id = 1, .box = {1, 200, 150, 1200, 1200}};
    RedactResult r = made(&job);
    proven(&r);
    PdfPage without = with;
    without.content = S("");
    same_outside(&r, pdf_of(a, &without, 1, S(""), S("")));
}

// --- what is not on the page

static Str with_attachment(void)
{
    PdfMake *m = pdf_make(a);
    int file = pdf_stream(m, S("/Type /EmbeddedFile"), S("the name is WILKINSON"));
    int spec = pdf_add(
        m, str_fmt(a, "<< /Type /Filespec /F (WILKINSON.txt) /EF << /F %d 0 R >> >>", file));
    int content = pdf_stream(m, S(""), S("0 g 100 100 50 50 re f"));
    int pages = pdf_next(m) + 1;
    pdf_add(m,
            str_fmt(a, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 300 300] /Contents %d 0 R >>",
                    pages, content));
    pdf_add(m, str_fmt(a, "<< /Type /Pages /Kids [ %d 0 R ] /Count 1 >>", pages - 1));
    int root = pdf_add(
        m, str_fmt(a,
                   "<< /Type /Catalog /Pages %d 0 R /Names << /EmbeddedFiles << /Names [ (a) %d 0 R"
                   " ] >> /JavaScript << /Names [ (b) << /S /JavaScript /JS (app.alert\\(1\\)) >> ]"
                   " >> >> /OpenAction << /S /JavaScript /JS (WILKINSON) >> >>",
                   pages, spec));
    return pdf_done(m, root, S("/Info << /Author (WILKINSON) /Title (WILKINSON) >>"));
}

static void attachments_scripts_and_properties_are_left_behind(void **state)
{
    (void)state;
    RedactJob job = job_of(with_attachment(), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    free_of(r.bytes, "WILKINSON");
    Str hidden = str_join(a, r.hidden.v, r.hidden.n, S(" "));
    assert_true(str_has(hidden, S("附件")));
    assert_true(str_has(hidden, S("脚本")));
    assert_true(str_has(hidden, S("作者")));
}

static void an_earlier_version_is_left_behind(void **state)
{
    (void)state;
    PdfPage page = {.content = S(SHOW("WILKINSON"))};
    Str old = pdf_of(a, &page, 1, S(""), S(""));
    // The content (object 4) written anew behind the end.
    Buf b = buf_new(a, 1 << 20);
    buf_add(&b, old);
    size_t at = b.n;
    buf_add(&b,
            S("4 0 obj\n<< /Length 22 >>\nstream\n0 g 100 100 50 50 re f\nendstream\nendobj\n"));
    size_t table = b.n;
    ptrdiff_t was = str_find_last(old, S("startxref\n"));
    Str start, rest;
    str_cut(str_from(old, (size_t)was + 10), S("\n"), &start, &rest);
    buf_fmt(&b,
            "xref\n4 1\n%010zu 00000 n \ntrailer\n<< /Size 8 /Root 7 0 R /Prev " PRI_STR
            " >>\nstartxref\n%zu\n%%%%EOF\n",
            at, STR_ARG(start), table);
    RedactJob job = job_of(buf_str(&b), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    free_of(r.bytes, "WILKINSON");
    assert_int_equal(r.places[0].places, 0); // it is on no page any more
}

// Text in a form, in a layer that is off, in a note: each an object of its own.
static Str with_objects(Str content, Str resource_kind, Str object_dict, Str object, Str more,
                        Str catalogue)
{
    PdfMake *m = pdf_make(a);
    Str fonts = pdf_fonts(m, a);
    int x = pdf_stream(
        m,
        str_fmt(a, PRI_STR " /Resources << " PRI_STR " >>", STR_ARG(object_dict), STR_ARG(fonts)),
        object);
    int layer = pdf_add(m, S("<< /Type /OCG /Name (layer) >>"));
    int text = pdf_stream(m, S(""), content);
    int pages = pdf_next(m) + 1;
    pdf_add(m,
            str_fmt(a,
                    "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 400 400] /Contents %d 0 R"
                    " /Resources << " PRI_STR " /XObject << /X %d 0 R >> /Properties << /L %d 0 R"
                    " >> " PRI_STR " >> " PRI_STR " >>",
                    pages, text, STR_ARG(fonts), x, layer, STR_ARG(resource_kind),
                    STR_ARG(str_replace(a, more, S("#X"), str_fmt(a, "%d 0 R", x)))));
    pdf_add(m, str_fmt(a, "<< /Type /Pages /Kids [ %d 0 R ] /Count 1 >>", pages - 1));
    int root = pdf_add(
        m, str_fmt(a, "<< /Type /Catalog /Pages %d 0 R " PRI_STR " >>", pages,
                   STR_ARG(str_replace(a, catalogue, S("#L"), str_fmt(a, "%d 0 R", layer)))));
    return pdf_done(m, root, S(""));
}

static const Str FORM = SI("/Type /XObject /Subtype /Form /BBox [0 0 400 400]");
static const Str SAYS = SI("BT /F1 18 Tf 50 200 Td (WILKINSON) Tj ET");

static void text_in_a_form_is_found(void **state)
{
    (void)state;
    RedactJob job = job_of(with_objects(S("/X Do"), S(""), FORM, SAYS, S(""), S("")), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    assert_int_equal(r.places[0].places, 1);
    same_outside(&r, with_objects(S("/X Do"), S(""), FORM, S(""), S(""), S("")));
}

static void text_in_a_layer_that_is_off_is_left_behind(void **state)
{
    (void)state;
    Str content = S("/OC /L BDC BT /F1 18 Tf 50 200 Td (WILKINSON) Tj ET EMC 0 g 10 10 20 20 re f");
    Str off = S("/OCProperties << /OCGs [ #L ] /D << /OFF [ #L ] >> >>");
    RedactJob job = job_of(with_objects(content, S(""), FORM, S(""), S(""), off), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    free_of(r.bytes, "WILKINSON");
}

// What a note shows is part of the page; whether it was found or not, it is not given out unseen.
static void text_in_a_note_is_blacked_out_or_stops_the_release(void **state)
{
    (void)state;
    Str note = S("/Annots [ << /Type /Annot /Subtype /Stamp /Rect [0 0 400 400] /F 4 /Contents"
                 " (WILKINSON) /AP << /N #X >> >> ]");
    RedactJob job = job_of(with_objects(S(""), S(""), FORM, SAYS, note, S("")), "WILKINSON");
    job.quick = false;
    RedactResult r = made(&job);
    if (r.places[0].places == 0 && ocr_has())
        assert_false(r.proven);
    if (r.proven)
        free_of(r.bytes, "WILKINSON");
}

static void text_under_a_picture_is_not_given_as_text(void **state)
{
    (void)state;
    Str object = S("BT /F1 18 Tf 50 200 Td (harmless) Tj ET");
    Str content = S("BT /F1 18 Tf 50 200 Td (WILKINSON) Tj ET 1 g 0 150 400 100 re f 0 g /X Do");
    RedactJob job = job_of(with_objects(content, S(""), FORM, object, S(""), S("")), NULL);
    RedactResult r = made(&job);
    proven(&r);
    free_of(r.bytes, "WILKINSON"); // although nobody marked it: nobody has seen it either
}

// --- what its pages do not show, told to whoever gives it out as it is

static Str hidden_of(Str pdf)
{
    RedactJob job = {.work = REDACT_LOOK, .kind = ATTACH_PDF, .source = pdf};
    RedactResult r = made(&job);
    return str_join(a, r.hidden.v, r.hidden.n, S(" "));
}

typedef struct UnseenRow {
    const char *name, *content;
    bool seen;
} UnseenRow;

// clang-format off
static const UnseenRow unseen_rows[] = {
    { "plain_words_are_seen",          SHOW("WILKINSON"),                                        true },
    { "grey_words_are_seen",           "0.7 g " SHOW("WILKINSON"),                               true },
    { "white_on_blue_is_seen",         "0 0 1 rg 90 110 200 30 re f 1 g " SHOW("WILKINSON"),     true },
    { "words_under_an_outline",        SHOW("WILKINSON") "90 110 200 30 re S\n",                 true },
    { "unseen_white_on_white",         "1 g " SHOW("WILKINSON"),                                 false },
    { "unseen_mode_three",             "BT 3 Tr /F1 18 Tf 100 120 Td (WILKINSON) Tj ET\n",       false },
    { "unseen_under_a_black_bar",      SHOW("WILKINSON") "0 g 90 110 200 30 re f\n",             false },
    { "unseen_under_a_white_bar",      SHOW("WILKINSON") "1 g 90 110 200 30 re f\n",             false },
    { "unseen_because_it_is_tiny",     "BT /F1 0.9 Tf 100 120 Td (WILKINSON) Tj ET\n",           false },
    { "unseen_blue_on_blue",           "0 0 1 rg 90 110 200 30 re f " SHOW("WILKINSON"),         false },
};
// clang-format on

static void unseen_row(void **state)
{
    const UnseenRow *row = *state;
    PdfPage page = {.w = 420, .h = 200, .content = str_z(row->content)};
    Str hidden = hidden_of(pdf_of(a, &page, 1, S(""), S("")));
    assert_str(hidden, row->seen ? S("") : S("看不见的文字1处（第1页）"));
}

// What is made is free of it, and its certificate says that it was left behind.
static void what_was_not_seen_is_told_as_left_behind(void **state)
{
    (void)state;
    PdfPage page = {.w = 420, .h = 200, .content = S("1 g " SHOW("WILKINSON"))};
    RedactJob job = job_of(pdf_of(a, &page, 1, S(""), S("")), NULL);
    RedactResult r = made(&job);
    proven(&r);
    assert_true(str_has(redact_proof_json(&job, &r, a), S("看不见的文字1处")));
    assert_str(hidden_of(r.bytes), S(""));
}

static uint32_t adler(Str s)
{
    uint32_t x = 1, y = 0;
    for (size_t i = 0; i < s.n; i++) {
        x = (x + (unsigned char)s.s[i]) % 65521;
        y = (y + x) % 65521;
    }
    return y << 16 | x;
}

// zlib, stored as it is.
static Str stored(Str s)
{
    Buf b = buf_new(a, s.n + 20);
    uint32_t sum = adler(s);
    buf_add(&b, S("\x78\x01\x01"));
    const unsigned n[] = {(unsigned)s.n & 255, (unsigned)s.n >> 8};
    for (int i = 0; i < 4; i++)
        buf_byte(&b, (char)(n[i % 2] ^ (i < 2 ? 0 : 255)));
    buf_add(&b, s);
    for (int i = 0; i < 4; i++)
        buf_byte(&b, (char)(sum >> (24 - 8 * i)));
    return buf_str(&b);
}

static void notes_and_layers_are_told_also_where_objects_are_packed(void **state)
{
    (void)state;
    Strs hidden = {0};
    Str packed =
        stored(S("1 0 2 40 << /Type /Page /Annots [ 9 0 R ] >> << /OCProperties 3 0 R >>"));
    Str pdf = str_cat(a, S("%PDF-1.5\n7 0 obj << /Type /ObjStm /N 2 /First 9 >>\nstream\r\n"),
                      str_cat(a, packed, S("\nendstream endobj\n%%EOF\n")));
    hidden_in_pdf(pdf, S(""), S("0 embedded files"), a, &hidden);
    Str all = str_join(a, hidden.v, hidden.n, S(" "));
    assert_str(all, S("可以关闭的图层 批注或者链接"));
    hidden = (Strs){0};
    hidden_in_pdf(str_sub(pdf, 0, 90), S(""), S("0 embedded files"), a, &hidden); // cut short
    assert_int_equal(hidden.n, 0);
}

#define BEHIND "图片后面附着的内容（可能是一段视频或者另一张图片）"

static void what_a_picture_says_beside_itself_is_told(void **state)
{
    (void)state;
    static const struct {
        Str bytes, says;
    } rows[] = {
        {SI("\x89PNG\r\n\x1a\n\0\0\0\x05tEXta\0bcdSUMM\0\0\0\0IEND...."), SI("图片里的文字说明")},
        {SI("\x89PNG\r\n\x1a\n\0\0\0\x02"
            "eXIfabSUMM"),
         SI("拍摄信息（时间、设备，可能有地点）")},
        {SI("\x89PNG\r\n\x1a\n\0\0\0\x04IDATtEXtSUMM"), SI("")},
        {SI("\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDATtEXtSUMM"), SI("")},
        {SI("\xff\xd8\xff\xfe\0\x05"
            "abc\xff\xda\0\x02"),
         SI("图片里的文字说明")},
        {SI("\xff\xd8\xff\xe1\0\x08"
            "Exif\0\0\xff\xda\0\x02"),
         SI("拍摄信息（时间、设备，可能有地点）")},
        {SI("\xff\xd8\xff\xe0\0\x05"
            "abc\xff\xda\0\x02\xff\xfe\0\x05"
            "abc"),
         SI("")},
        {SI("\x89PNG\r\n\x1a\n\0\0\0\0IENDSUMMfilm"), SI(BEHIND)},
        {SI("\x89PNG\r\n\x1a\n\0\0\0\0IENDSUMM\0\0\0"), SI("")},
        {SI("\xff\xd8\xff\xda\0\x02"
            "ab\xff\0c\xff\xd9\0\0film"),
         SI(BEHIND)},
        {SI("\xff\xd8\xff\xda\0\x02"
            "ab\xff\xc4\0\x04\xff\xd9\xff\xda\0\x02z\xff\xd0\xff\xd9\0\0"), // in two parts
         SI("")},
        {SI("\xff\xd8\xff\xfe\xff\xff"), SI("")},
        {SI("\xff\xd8"), SI("")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Strs hidden = {0};
        hidden_in_picture(rows[i].bytes, a, &hidden);
        assert_str(str_join(a, hidden.v, hidden.n, S(" ")), rows[i].says);
    }
}

// --- what can be read stays text

static void the_rest_can_be_searched(void **state)
{
    (void)state;
    if (!ocr_has())
        skip();
    PdfPage page = {.w = 460,
                    .h = 120,
                    .content = S("BT /F1 24 Tf 40 80 Td (Contract of the river works) Tj ET\n"
                                 "BT /F1 24 Tf 40 40 Td (signed by WILKINSON in spring) Tj ET\n")};
    RedactJob job = job_of(pdf_of(a, &page, 1, S(""), S("")), "WILKINSON");
    job.quick = false;
    RedactResult r = made(&job);
    proven(&r);
    Str text = read_by_poppler(r.bytes);
    assert_true(redact_holds(text, S("Contract"), a));
    assert_true(redact_holds(text, S("spring"), a));
    assert_true(r.layer > 3);
}

static void a_scan_is_searched_by_reading_it(void **state)
{
    (void)state;
    if (!ocr_has())
        skip();
    PdfPage page = {.w = 460,
                    .h = 120,
                    .content = S("BT /F1 24 Tf 40 50 Td (signed by WILKINSON in spring) Tj ET\n")};
    RedactJob scan = {.work = REDACT_PICTURE,
                      .kind = ATTACH_PDF,
                      .source = pdf_of(a, &page, 1, S(""), S("")),
                      .page = 1,
                      .side = 1300};
    RedactResult picture = made(&scan);
    RedactJob job = {.work = REDACT_MAKE, .kind = ATTACH_PNG, .source = picture.bytes};
    *PUSH(a, &job.marks) = (RedactMark){.id = 1, .words = S("WILKINSON")};
    RedactResult r = made(&job);
    proven(&r);
    assert_true(r.places[0].places > 0);
    free_of(r.bytes, "WILKINSON");
}

static void a_text_that_stands_nowhere_is_told(void **state)
{
    (void)state;
    PdfPage page = {.content = S(SHOW("nothing of it"))};
    RedactJob job = job_of(pdf_of(a, &page, 1, S(""), S("")), "WILKINSON");
    RedactResult r = made(&job);
    proven(&r);
    assert_int_equal(r.places[0].places, 0);
}

// --- the proof notices

static void a_proof_fails_when_something_was_added(void **state)
{
    (void)state;
    PdfPage page = {.content = S(SHOW("WILKINSON"))};
    RedactJob job = job_of(pdf_of(a, &page, 1, S(""), S("")), "WILKINSON");
    RedactResult r = made(&job);
    Str forged = str_cat(a, r.bytes, S("\n% WILKINSON\n"));
    OwnPdf own;
    assert_true(own_pdf_read(r.bytes, a, &own));
    assert_false(own_pdf_read(forged, a, &own));
    RedactJob verify = {.work = REDACT_VERIFY, .kind = ATTACH_PDF, .source = forged};
    verify.marks = job.marks;
    RedactResult v = made(&verify);
    assert_false(v.proven);
    assert_int_equal(v.checks[PROVE_BYTES].outcome, PROOF_FAILED);
}

static void every_byte_of_the_file_is_accounted_for(void **state)
{
    (void)state;
    PdfPage page = {
        .content = S("BT /F1 24 Tf 60 600 Td (river works) Tj ET\n"), .w = 200, .h = 100};
    RedactJob job = job_of(pdf_of(a, &page, 1, S(""), S("")), NULL);
    RedactResult r = made(&job);
    char *copy = NEW(a, char, r.bytes.n);
    memcpy(copy, r.bytes.s, r.bytes.n);
    size_t accepted = 0;
    for (size_t i = 0; i < r.bytes.n; i++) {
        Arena scratch = *a;
        OwnPdf own;
        copy[i] ^= 1;
        if (own_pdf_read((Str){copy, r.bytes.n}, &scratch, &own)) {
            // Only within the picture's own data, which is compared pixel by pixel, or in what a
            // word says or where it stands, which is looked at word by word.
            accepted++;
        }
        copy[i] ^= 1;
        Str shorter = {copy, i};
        scratch = *a;
        assert_false(own_pdf_read(shorter, &scratch, &own));
    }
    assert_true(accepted < r.bytes.n);
}

static const Proof *proof_over(const RedactMarks *marks, PxBox box, int width)
{
    Proof *p = NEW(a, Proof, 1);
    Blots *blots = NEW(a, Blots, 1);
    int *w = NEW(a, int, 1);
    *PUSH(a, blots) = (Blot){box, GROUND_PRIVACY, 1};
    *w = width;
    *p = (Proof){marks, blots, w, 1};
    return p;
}

static void a_proof_fails_where_a_mark_was_not_painted(void **state)
{
    (void)state;
    PdfPage page = {.content = S("0.5 g 0 0 300 300 re f"), .w = 300, .h = 300};
    RedactJob job = job_of(pdf_of(a, &page, 1, S(""), S("")), NULL);
    RedactResult r = made(&job);
    RedactMarks none = {0};
    RedactCheck checks[PROVE__COUNT] = {0};
    Err err = {0};
    int w = picture_of(r.bytes, 0).w;
    assert_true(prove(proof_over(&none, (PxBox){100, 100, 300, 300}, w), r.bytes, a, checks, &err));
    assert_int_equal(checks[PROVE_PIXELS].outcome, PROOF_FAILED);
    assert_int_equal(checks[PROVE_SHOWN].outcome, PROOF_FAILED);
}

static OwnPdf with_word(Str text)
{
    Image m = image_new(a, 300, 300, 1);
    Str png;
    Err err;
    OwnPdf pdf = {0};
    image_png(&m, a, &png, &err);
    OwnPage *p = PUSH(a, &pdf);
    *p = (OwnPage){.w = 300, .h = 300, .width = 10800, .height = 10800, .channels = 1};
    p->picture = image_png_data(png, a);
    *PUSH(a, &p->words) = (OwnWord){text, 2000, 5000, 1200, 4000};
    return pdf;
}

static void a_proof_fails_where_the_layer_says_too_much(void **state)
{
    (void)state;
    OwnPdf pdf = with_word(S("WILKINSON"));
    Str bytes;
    Err err = {0};
    RedactMarks marks = {0};
    RedactCheck checks[PROVE__COUNT] = {0};
    *PUSH(a, &marks) = (RedactMark){.id = 1, .words = S("wilkinson")};
    assert_true(own_pdf_write(&pdf, a, &bytes, &err));
    Proof p = {&marks, NEW(a, Blots, 1), (int[]){300}, 1};
    assert_true(prove(&p, bytes, a, checks, &err));
    assert_int_equal(checks[PROVE_STRUCTURE].outcome, PROOF_HELD);
    assert_int_equal(checks[PROVE_LAYER].outcome, PROOF_FAILED);
    assert_int_equal(checks[PROVE_TEXT].outcome, PROOF_FAILED);
}

static void a_proof_fails_where_a_word_lies_under_a_mark(void **state)
{
    (void)state;
    OwnPdf pdf = with_word(S("anything"));
    Str bytes;
    Err err = {0};
    RedactMarks none = {0};
    RedactCheck checks[PROVE__COUNT] = {0};
    assert_true(own_pdf_write(&pdf, a, &bytes, &err));
    assert_true(prove(proof_over(&none, (PxBox){40, 100, 200, 200}, 300), bytes, a, checks, &err));
    assert_int_equal(checks[PROVE_LAYER].outcome, PROOF_FAILED);
    assert_int_equal(checks[PROVE_TEXT].outcome, PROOF_FAILED);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const Str texts[] = {SI("申请人"), SI("a(b)\\c"), SI("\xf0\xa0\xae\xb7野家"), SI("ﬁ€"),
                                SI("x")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        OwnPdf pdf = with_word(texts[i]), back;
        Str bytes;
        Err err;
        assert_true(own_pdf_write(&pdf, a, &bytes, &err));
        assert_true(own_pdf_read(bytes, a, &back));
        assert_str(back.v[0].words.v[0].text, texts[i]);
        assert_true(redact_holds(read_by_poppler(bytes), texts[i], a));
    }
}

// --- bad documents

static Str flate_bomb(void)
{
    // gzip of gzip: 1 GB of blanks in a few KB; the frame of gzip is left off for /FlateDecode by
    // asking for it twice with a head of zlib.
    PdfPage page = {.content = S("q Q")};
    (void)page;
    Buf b = buf_new(a, 1 << 20);
    for (int i = 0; i < 300; i++)
        buf_add(&b, S("/X Do "));
    return with_objects(buf_str(&b), S(""), FORM, buf_str(&b), S(""), S(""));
}

static Str many_pages(size_t n)
{
    PdfMake *m = pdf_make(a);
    Buf kids = buf_new(a, 1 << 20);
    int content = pdf_stream(m, S(""), S("0 g 10 10 20 20 re f"));
    int tree = pdf_next(m) + (int)n;
    for (size_t i = 0; i < n; i++)
        buf_fmt(&kids, "%d 0 R ",
                pdf_add(m, str_fmt(a,
                                   "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 100 100] /Contents"
                                   " %d 0 R >>",
                                   tree, content)));
    pdf_add(m, str_fmt(a, "<< /Type /Pages /Kids [ " PRI_STR "] /Count %zu >>",
                       STR_ARG(buf_str(&kids)), n));
    int root = pdf_add(m, str_fmt(a, "<< /Type /Catalog /Pages %d 0 R >>", tree));
    return pdf_done(m, root, S(""));
}

static Str page_of_size(int w, int h)
{
    PdfPage p = {.w = w, .h = h, .content = S("0 g 10 10 20 20 re f")};
    return pdf_of(a, &p, 1, S(""), S(""));
}

static Str good_page(void)
{
    PdfPage p = {.content = S(SHOW("WILKINSON"))};
    return pdf_of(a, &p, 1, S(""), S(""));
}

static Str half(Str s)
{
    return str_sub(s, 0, s.n / 2);
}

static Str no_pages(void)
{
    PdfMake *m = pdf_make(a);
    pdf_add(m, S("<< /Type /Pages /Kids [] /Count 0 >>"));
    int root = pdf_add(m, S("<< /Type /Catalog /Pages 1 0 R >>"));
    return pdf_done(m, root, S(""));
}

static Str png_head(uint32_t w, uint32_t h)
{
    Buf b = buf_new(a, 100);
    char ihdr[] = "IHDR........\x08\x00\x00\x00\x00";
    for (int i = 0; i < 4; i++) {
        ihdr[4 + i] = (char)(w >> (24 - 8 * i));
        ihdr[8 + i] = (char)(h >> (24 - 8 * i));
    }
    uint32_t sum = pack_crc32((Str){ihdr, 17});
    buf_add(&b, S("\x89PNG\r\n\x1a\n\0\0\0\x0d"));
    buf_add(&b, (Str){ihdr, 17});
    for (int i = 0; i < 4; i++)
        buf_byte(&b, (char)(sum >> (24 - 8 * i)));
    buf_add(&b, S("\0\0\x10\0IDATx"));
    return buf_str(&b);
}

static Str small_jpeg(void)
{
    Image m = image_new(a, 40, 20, 3);
    Str s = S("");
    Err err;
    for (int i = 0; i < 40 * 20 * 3; i++)
        m.px[i] = (unsigned char)(i * 7);
    image_jpeg(&m, 90, a, &s, &err);
    return s;
}

typedef enum BadKind { BAD_PDF, BAD_PNG, BAD_JPEG } BadKind;
typedef struct BadRow {
    const char *name;
    int which;
    BadKind kind;
    ErrKind err;
    const char *says; // in the message
} BadRow;

// clang-format off
static const BadRow bad_rows[] = {
    { "a_pdf_of_2000_pages",          0, BAD_PDF,  ERR_LIMIT,      "2000页" },
    { "a_page_as_large_as_a_field",   1, BAD_PDF,  ERR_LIMIT,      "幅面过大" },
    { "a_pdf_cut_in_half",            2, BAD_PDF,  ERR_UNREADABLE, "已损坏" },
    { "only_the_head_of_a_pdf",       3, BAD_PDF,  ERR_UNREADABLE, "已损坏" },
    { "a_pdf_without_pages",          4, BAD_PDF,  ERR_UNREADABLE, "PDF" },
    { "an_encrypted_pdf",             5, BAD_PDF,  ERR_UNREADABLE, "加密" },
    { "a_picture_of_30000_by_30000",  6, BAD_PNG,  ERR_LIMIT,      "30000×30000" },
    { "a_png_cut_off",                7, BAD_PNG,  ERR_UNREADABLE, "不完整" },
    { "a_jpeg_cut_off",               8, BAD_JPEG, ERR_UNREADABLE, "不完整" },
    { "a_jpeg_that_is_none",          9, BAD_JPEG, ERR_UNREADABLE, "不完整" },
    { "a_pdf_that_calls_itself_a_png", 10, BAD_PNG, ERR_UNREADABLE, "不完整" },
};
// clang-format on

static Str encrypted(void)
{
    static const char *const argv[] = {"qpdf", "--encrypt",  "a", "b", "256",
                                       "--",   "/dev/stdin", "-", NULL};
    const SandboxLimits limits = {0};
    SandboxResult r;
    Err err;
    if (!sandbox_has("qpdf"))
        skip();
    assert_true(sandbox_run(argv, good_page(), 1 << 20, 20000, &limits, a, &r, &err));
    assert_int_equal(r.status, 0);
    return r.out;
}

static Str bad_document(int which)
{
    switch (which) {
    case 0:
        return many_pages(2000);
    case 1:
        return page_of_size(20000, 20000);
    case 2:
        return half(good_page());
    case 3:
        return S("%PDF-1.7\n");
    case 4:
        return no_pages();
    case 5:
        return encrypted();
    case 6:
        return png_head(30000, 30000);
    case 7:
        return png_head(30, 30);
    case 8:
        return half(small_jpeg());
    case 9:
        return S("\xff\xd8\xff\xe0 nothing of the kind");
    default:
        return str_cat(a, S("\x89PNG\r\n\x1a\n"), good_page());
    }
}

static void bad_row(void **state)
{
    const BadRow *row = *state;
    static const AttachKind kinds[] = {ATTACH_PDF, ATTACH_PNG, ATTACH_JPEG};
    RedactJob job = {.work = REDACT_MAKE, .kind = kinds[row->kind], .quick = true};
    RedactResult r;
    Err err = {0};
    job.source = bad_document(row->which);
    // A PDF cut in half may be mended by its reader: then it has to be proven like any other.
    if (redact_do(&job, a, &r, &err)) {
        assert_true(row->which == 2 && r.proven);
        return;
    }
    if (err.kind != row->err || !str_has(str_z(err.zh), str_z(row->says)))
        fail_msg("%d: %s / %s (%s)", err.kind, err.zh, err.en, err.detail);
}

static void forms_that_call_themselves_come_to_an_end(void **state)
{
    (void)state;
    RedactJob job = job_of(flate_bomb(), NULL);
    RedactResult r;
    Err err = {0};
    if (!redact_do(&job, a, &r, &err))
        assert_true(err.kind == ERR_LIMIT || err.kind == ERR_UNREADABLE);
}

// --- pictures

static void a_photograph_is_turned_as_it_says(void **state)
{
    (void)state;
    static const char exif[] =
        "\xff\xe1\x00\x22"
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0?\0\0\0\0\0\0";
    for (int o = 1; o <= 8; o++) {
        Image m = image_new(a, 64, 32, 1);
        Str plain, turned;
        Err err = {0};
        for (int y = 0; y < 16; y++) // the upper left quarter is black
            memset(m.px + y * 64, 0, 32);
        assert_true(image_jpeg(&m, 95, a, &plain, &err));
        Str head = (Str){exif, sizeof exif - 1};
        char *said = str_to_z(a, head);
        *(char *)memchr(said, '?', head.n) = (char)o;
        turned = str_cat(a, S("\xff\xd8"), str_cat(a, (Str){said, head.n}, str_from(plain, 2)));
        assert_int_equal(image_orientation(turned), o);
        Image got;
        assert_true(image_read(turned, 1 << 20, a, &got, &err));
        assert_int_equal(got.w, o < 5 ? 64 : 32);
        bool right = o == 2 || o == 3 || o == 6 || o == 7,
             low = o == 3 || o == 4 || o == 7 || o == 8;
        int x = right ? got.w - 4 : 3, y = low ? got.h - 4 : 3;
        assert_true(value_at(&got, x, y) < 60);
        assert_true(value_at(&got, got.w - 1 - x, got.h - 1 - y) > 200);
    }
}

static void what_a_camera_wrote_is_left_behind(void **state)
{
    (void)state;
    Str jpeg = small_jpeg();
    Str comment = S("\xff\xfe\x00\x0bWILKINSON");
    RedactJob job = {.work = REDACT_MAKE,
                     .kind = ATTACH_JPEG,
                     .quick = true,
                     .source =
                         str_cat(a, str_sub(jpeg, 0, 2), str_cat(a, comment, str_from(jpeg, 2)))};
    RedactResult r = made(&job);
    proven(&r);
    assert_false(str_has(r.bytes, S("WILKINSON")));
}

static void an_area_of_a_picture_is_black_and_nothing_else(void **state)
{
    (void)state;
    Image m = image_new(a, 400, 300, 3);
    Str png;
    Err err = {0};
    for (int i = 0; i < 400 * 300; i++)
        m.px[3 * i] = 40;
    assert_true(image_png(&m, a, &png, &err));
    RedactJob job = {.work = REDACT_MAKE, .kind = ATTACH_PNG, .source = png, .quick = true};
    *PUSH(a, &job.marks) = (RedactMark){.id = 1, .box = {1, 2500, 5000, 5000, 2500}};
    RedactResult r = made(&job);
    proven(&r);
    Image got = picture_of(r.bytes, 0);
    assert_int_equal(got.w, 400);
    assert_int_equal(value_at(&got, 99, 200), (40 + 255 + 255) / 3);
    assert_int_equal(value_at(&got, 101, 151), 0);
    assert_int_equal(value_at(&got, 299, 224), 0);
    assert_int_equal(value_at(&got, 302, 226), (40 + 255 + 255) / 3);
}

// --- by chance

static uint32_t seed = 20260312;
static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

// Words anywhere on the page, in any size; some are withheld. The same document without them must
// give the same pixels outside of what is black.
static void whatever_is_withheld_leaves_no_trace(void **state)
{
    (void)state;
    static const char *const words[] = {"WILKINSON", "Ashdown", "river", "works",  "contract",
                                        "0101-1990", "Hill",    "fly",   "Quince", "jumpy"};
    enum { WORDS = sizeof words / sizeof *words, ROUNDS = 12, LINES = 14 };
    const char *more = getenv("REDACT_ROUNDS");
    int rounds = more ? (int)strtol(more, NULL, 10) : ROUNDS;
    for (int round = 0; round < rounds; round++) {
        fresh(NULL);
        bool withheld[WORDS];
        Buf with = buf_new(a, 1 << 16), without = buf_new(a, 1 << 16);
        RedactJob job = {.work = REDACT_MAKE, .kind = ATTACH_PDF, .quick = true};
        for (size_t i = 0; i < WORDS; i++) {
            withheld[i] = chance(3) == 0;
            if (withheld[i])
                *PUSH(a, &job.marks) = (RedactMark){.id = (int64_t)i + 1,
                                                    .words = str_z(words[i]),
                                                    .ground = (Ground)chance(GROUND__COUNT)};
        }
        for (int k = 0; k < LINES; k++) {
            size_t i = chance(WORDS);
            Str show = str_fmt(a, "BT /F1 %u Tf %u %u Td (%s) Tj ET\n", 6 + chance(20),
                               20 + chance(250), 20 + 28 * k, words[i]);
            buf_add(&with, show);
            if (!withheld[i])
                buf_add(&without, show);
        }
        PdfPage p = {.w = 400, .h = 430, .content = buf_str(&with), .rotate = (int)chance(4) * 90};
        if (chance(2))
            memcpy(p.crop, (int[]){10, 20, 380, 400}, sizeof p.crop);
        PdfPage q = p;
        q.content = buf_str(&without);
        job.source = pdf_of(a, &p, 1, S(""), S(""));
        RedactResult r = made(&job);
        proven(&r);
        for (size_t i = 0; i < job.marks.n; i++)
            assert_false(redact_holds(read_by_poppler(r.bytes), job.marks.v[i].words, a));
        same_outside(&r, pdf_of(a, &q, 1, S(""), S("")));
    }
}

#define COUNT(v) (sizeof(v) / sizeof *(v))

// With an argument: only tests of this name, which may hold *.
int main(int argc, char **argv)
{
    static struct CMUnitTest tests[160];
    size_t n = 0;
#define ONE(f) tests[n++] = (struct CMUnitTest){#f, f, fresh, NULL, NULL}
#define ROWS(rows, run)                                                                            \
    for (size_t i = 0; i < COUNT(rows); i++)                                                       \
        tests[n++] = (struct CMUnitTest)                                                           \
        {                                                                                          \
            rows[i].name, run, fresh, NULL, (void *)(uintptr_t)&rows[i]                            \
        }
    ROWS(place_rows, place_row);
    ROWS(part_rows, part_row);
    ROWS(mixed_rows, mixed_row);
    ROWS(turn_rows, turn_row);
    ROWS(turn_rows, turned_area_row);
    ROWS(bad_rows, bad_row);
    ROWS(unseen_rows, unseen_row);
    ONE(what_was_not_seen_is_told_as_left_behind);
    ONE(notes_and_layers_are_told_also_where_objects_are_packed);
    ONE(what_a_picture_says_beside_itself_is_told);
    ONE(what_is_left_is_what_a_document_without_it_shows);
    ONE(attachments_scripts_and_properties_are_left_behind);
    ONE(an_earlier_version_is_left_behind);
    ONE(text_in_a_form_is_found);
    ONE(text_in_a_layer_that_is_off_is_left_behind);
    ONE(text_in_a_note_is_blacked_out_or_stops_the_release);
    ONE(text_under_a_picture_is_not_given_as_text);
    ONE(the_rest_can_be_searched);
    ONE(a_scan_is_searched_by_reading_it);
    ONE(text_that_runs_askew_is_blacked_out);
    ONE(a_text_that_stands_nowhere_is_told);
    ONE(a_proof_fails_when_something_was_added);
    ONE(every_byte_of_the_file_is_accounted_for);
    ONE(a_proof_fails_where_a_mark_was_not_painted);
    ONE(a_proof_fails_where_the_layer_says_too_much);
    ONE(a_proof_fails_where_a_word_lies_under_a_mark);
    ONE(what_is_written_is_read_back);
    ONE(forms_that_call_themselves_come_to_an_end);
    ONE(a_photograph_is_turned_as_it_says);
    ONE(what_a_camera_wrote_is_left_behind);
    ONE(an_area_of_a_picture_is_black_and_nothing_else);
    ONE(whatever_is_withheld_leaves_no_trace);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("redact", tests, n, begin, end);
}
