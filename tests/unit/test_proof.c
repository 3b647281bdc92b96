// What applicants send: pictures come out without metadata, and what is no picture or paper is
// refused by what it is.
#include "../test.h"

#include "base/buf.h"
#include "domain/picture.h"
#include "domain/proof.h"

static Arena arena;

static int make(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define BYTES(literal) ((Str){literal, sizeof(literal) - 1})

static Str join(const Str *parts, size_t n)
{
    return str_join(&arena, parts, n, S(""));
}
#define JOIN(...) join((const Str[]){__VA_ARGS__}, sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str))

// --- JPEG, by its pieces

#define SOI BYTES("\xff\xd8")
#define EOI BYTES("\xff\xd9")
#define JFIF BYTES("\xff\xe0\x00\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
#define DQT BYTES("\xff\xdb\x00\x04\x00\x01")
#define SOF BYTES("\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00")
#define HUGE_SOF BYTES("\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00")
#define DHT BYTES("\xff\xc4\x00\x04\x00\x01")
#define SCAN BYTES("\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\xff\x00\x34\xff\xd0\x56")
#define GPS                                                                                        \
    BYTES("\xff\xe1\x00\x42"                                                                       \
          "Exif\0\0II*\0\x08\0\0\0\x02\0"                                                          \
          "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"                                                     \
          "\x25\x88\x04\0\x01\0\0\0\x2a\0\0\0"                                                     \
          "\0\0\0\0GPS 0.000 0.000\0\0\0\0\0")
#define XMP BYTES("\xff\xe1\x00\x0ehttp: secret")
#define COMMENT BYTES("\xff\xfe\x00\x08secret")
#define ICC BYTES("\xff\xe2\x00\x0dICC_PROFILE")

static Str photo(void)
{
    return JOIN(SOI, JFIF, GPS, XMP, ICC, COMMENT, DQT, SOF, DHT, SCAN, EOI);
}

static void a_photograph_keeps_what_draws_and_loses_what_tells(void **state)
{
    (void)state;
    Str out;
    PictureSize size;
    Err err = {0};
    assert_true(picture_jpeg_clean(photo(), &arena, &out, &size, &err));
    assert_int_equal(size.width, 32);
    assert_int_equal(size.height, 16);
    assert_false(str_has(out, S("GPS")));
    assert_false(str_has(out, S("secret")));
    assert_false(str_has(out, S("ICC_PROFILE")));
    assert_true(str_has(out, JOIN(DQT, SOF, DHT, SCAN, EOI)));
}

static void it_still_lies_the_right_way_up(void **state)
{
    (void)state;
    Str out, again;
    PictureSize size;
    Err err = {0};
    assert_true(picture_jpeg_clean(photo(), &arena, &out, &size, &err));
    assert_true(str_has(out, BYTES("\x01\x12\0\x03\0\0\0\x01\0\x06")));
    assert_true(picture_jpeg_clean(out, &arena, &again, &size, &err));
    assert_str(again, out);
}

static void what_hangs_behind_the_end_is_cut_off(void **state)
{
    (void)state;
    Str out;
    PictureSize size;
    Err err = {0};
    Str twice = str_cat(&arena, photo(), BYTES("PK\x03\x04 evil.exe"));
    assert_true(picture_jpeg_clean(twice, &arena, &out, &size, &err));
    assert_false(str_has(out, S("evil")));
    assert_true(str_ends(out, EOI));
}

static void no_piece_of_a_picture_is_taken_for_a_whole_one(void **state)
{
    (void)state;
    Str whole = photo(), out;
    PictureSize size;
    Err err;
    for (size_t n = 0; n < whole.n; n++)
        assert_false(picture_jpeg_clean(str_sub(whole, 0, n), &arena, &out, &size, &err));
}

// --- PNG

#define PNG_HEAD BYTES("\x89PNG\r\n\x1a\n")
#define IHDR BYTES("\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55")
#define IDAT BYTES("\0\0\0\x0aIDATx\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71")
#define IEND BYTES("\0\0\0\0IEND\xae\x42\x60\x82")
#define TEXT BYTES("\0\0\0\x0atEXtwho\0secret\x00\x00\x00\x00")

static uint32_t crc(Str s)
{
    uint32_t c = 0xffffffffu;
    for (size_t i = 0; i < s.n; i++)
        for (int k = (c ^= (unsigned char)s.s[i], 0); k < 8; k++)
            c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
    return ~c;
}

static Str chunk(const char *name, Str data)
{
    Buf b = buf_new(&arena, 1 << 20);
    for (int i = 24; i >= 0; i -= 8)
        buf_byte(&b, (char)(data.n >> i));
    buf_add(&b, str_z(name));
    buf_add(&b, data);
    uint32_t sum = crc(str_from(buf_str(&b), 4));
    for (int i = 24; i >= 0; i -= 8)
        buf_byte(&b, (char)(sum >> i));
    return buf_str(&b);
}

static Str drawing(void)
{
    return JOIN(PNG_HEAD, IHDR, chunk("tEXt", BYTES("who\0secret")), chunk("eXIf", S("GPS")), IDAT,
                IEND);
}

static void a_drawing_loses_its_texts(void **state)
{
    (void)state;
    Str out;
    PictureSize size;
    Err err = {0};
    if (!picture_png_clean(drawing(), &arena, &out, &size, &err))
        fail_msg("%s %s", err.en, err.detail);
    assert_str(out, JOIN(PNG_HEAD, IHDR, IDAT, IEND));
    assert_int_equal(size.width, 1);
}

static void a_changed_byte_of_a_drawing_is_found(void **state)
{
    (void)state;
    Str whole = drawing(), out;
    PictureSize size;
    Err err;
    for (size_t i = 0; i < whole.n; i++) {
        char *bytes = str_to_z(&arena, JOIN(whole, S("")));
        memcpy(bytes, whole.s, whole.n);
        bytes[i] ^= 1;
        assert_false(picture_png_clean((Str){bytes, whole.n}, &arena, &out, &size, &err));
    }
}

// --- what is taken at all

typedef struct ProofRow {
    const char *name;
    Str (*bytes)(void);
    const char *why; // NULL: taken
} ProofRow;

static Str good_pdf(void)
{
    return S("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
}

static Str acting_pdf(void)
{
    return S("%PDF-1.4\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF\n");
}

static Str pdf_with_zip(void)
{
    return JOIN(good_pdf(), BYTES("PK\x05\x06 evil.docm"));
}

static Str half_pdf(void)
{
    return S("%PDF-1.4\n1 0 obj");
}

static Str program(void)
{
    return S("MZ\x90 This program cannot be run in DOS mode");
}

static Str shell(void)
{
    return S("#!/bin/sh\nrm -rf /\n");
}

static Str page(void)
{
    return S("<html><script>alert(1)</script></html>");
}

static Str page_behind_jpeg_head(void)
{
    return S("\xff\xd8\xff<script>alert(1)</script>");
}

static Str heic(void)
{
    return BYTES("\0\0\0\x18"
                 "ftypheic\0\0\0\0mif1heic");
}

static Str rar(void)
{
    return S("Rar!\x1a\x07 shipping.exe");
}

static Str text_file(void)
{
    return S("我的身份证号码");
}

static Str nothing(void)
{
    return S("");
}

static Str large(void)
{
    return (Str){NEW(&arena, char, PROOF_MAX + 1), PROOF_MAX + 1};
}

static Str bomb(void)
{
    return JOIN(SOI, DQT, HUGE_SOF, DHT, SCAN, EOI);
}

static const ProofRow proof_rows[] = {
    {"a photograph", photo, NULL},
    {"a drawing", drawing, NULL},
    {"a PDF", good_pdf, NULL},
    {"a PDF that acts", acting_pdf, "脚本"},
    {"a PDF that is an archive as well", pdf_with_zip, "不完整"},
    {"half a PDF", half_pdf, "不完整"},
    {"a program", program, "程序和脚本"},
    {"a shell script", shell, "程序和脚本"},
    {"a page", page, "网页和脚本"},
    {"a page that begins as a photograph", page_behind_jpeg_head, "损坏"},
    {"a photograph most computers cannot open", heic, "兼容性最佳"},
    {"an archive", rar, "不能识别"},
    {"a text", text_file, "照片（JPEG、PNG）或者PDF"},
    {"nothing", nothing, "空的"},
    {"too much", large, "最大10MB"},
    {"a picture that fills the memory of who opens it", bomb, "图片太大"},
};

static void proof(void **state)
{
    const ProofRow *row = *state;
    AttachKind kind;
    Str out;
    Err err = {0};
    bool taken = proof_clean(row->bytes(), &arena, &kind, &out, &err);
    if (taken != (row->why == NULL))
        fail_msg("%d: %s", taken, err.zh);
    if (row->why && !strstr(err.zh, row->why))
        fail_msg("%s", err.zh);
}

int main(void)
{
    enum { ROWS = 32 };
    static struct CMUnitTest tests[ROWS];
    size_t n = 0;
    for (size_t i = 0; i < sizeof proof_rows / sizeof *proof_rows; i++)
        tests[n++] =
            (struct CMUnitTest){proof_rows[i].name, proof, NULL, NULL, (void *)&proof_rows[i]};
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_photograph_keeps_what_draws_and_loses_what_tells);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(it_still_lies_the_right_way_up);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(what_hangs_behind_the_end_is_cut_off);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(no_piece_of_a_picture_is_taken_for_a_whole_one);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_drawing_loses_its_texts);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_changed_byte_of_a_drawing_is_found);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("proof", tests, n, make, drop);
}
