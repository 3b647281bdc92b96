#include "domain/index_no.h"

#include "base/buf.h"

typedef enum PlaceId {
    PLACE_CREDIT,
    PLACE_CREDIT9,
    PLACE_CODE,
    PLACE_DIVISION,
    PLACE_YEAR,
    PLACE_MONTH,
    PLACE_DAY,
    PLACE_SERIAL,
    PLACE__COUNT,
} PlaceId;

// clang-format off
const IndexPlace index_places[] = {
    [PLACE_CREDIT]   = { SI("credit"),   SI("信用代码"), SI("机关的统一社会信用代码，18位") },
    [PLACE_CREDIT9]  = { SI("credit9"),  SI("代码9"),    SI("其中第9至17位，即组织机构代码") },
    [PLACE_CODE]     = { SI("code"),     SI("机关代码"), SI("机关代码") },
    [PLACE_DIVISION] = { SI("division"), SI("区划"),     SI("机关的行政区划代码") },
    [PLACE_YEAR]     = { SI("year"),     SI("年"),       SI("四位年份") },
    [PLACE_MONTH]    = { SI("month"),    SI("年月"),     SI("四位年份和两位月份") },
    [PLACE_DAY]      = { SI("day"),      SI("年月日"),   SI("八位日期") },
    [PLACE_SERIAL]   = { SI("serial"),   SI("流水"),     SI("流水号；{流水:5}是五位，前面补0") },
};
// clang-format on
const size_t index_places_n = PLACE__COUNT;

typedef struct Piece {
    Str text; // as it stands; of a place, what the braces hold
    bool is_place;
    PlaceId place;
    int digits; // of the serial
} Piece;

typedef struct Pieces {
    Piece v[32];
    size_t n;
} Pieces;

static bool plain_ok(uint32_t c)
{
    return (c < 0x80 && c > ' ' && c != '{' && c != '}' &&
            ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
             strchr("-/_.()[]", (int)c))) ||
           c == 0x3014 || c == 0x3015;
}

static bool place_read(Str inside, Piece *out, Err *err)
{
    Str word, digits;
    int64_t n = 5;
    bool counted = str_cut(inside, S(":"), &word, &digits);
    for (int p = 0; p < PLACE__COUNT; p++) {
        if (!str_eq(word, index_places[p].id) && !str_eq(word, index_places[p].name))
            continue;
        if (counted && (p != PLACE_SERIAL || !str_to_int(digits, &n) || n < 1 || n > 9))
            break;
        *out = (Piece){inside, true, (PlaceId)p, (int)n};
        return true;
    }
    return fail(err, ERR_INPUT, NULL, "索引号模板里的{" PRI_STR "}不认识",
                "the template does not know {" PRI_STR "}", STR_ARG(inside));
}

static bool plain_read(Str text, Err *err)
{
    for (size_t i = 0, len; i < text.n; i += len) {
        uint32_t c = str_rune(text, i, &len);
        if (!plain_ok(c))
            return fail(err, ERR_INPUT, NULL, "索引号里不用“" PRI_STR "”",
                        "“" PRI_STR "” may not stand in an index number",
                        STR_ARG(str_sub(text, i, i + len)));
    }
    return true;
}

static bool next_piece(Str *rest, Piece *out, Err *err)
{
    ptrdiff_t open = str_find(*rest, S("{"));
    if (open != 0) {
        size_t n = open < 0 ? rest->n : (size_t)open;
        *out = (Piece){.text = str_sub(*rest, 0, n)};
        *rest = str_from(*rest, n);
        return plain_read(out->text, err);
    }
    ptrdiff_t close = str_find(*rest, S("}"));
    if (close < 0)
        return fail(err, ERR_INPUT, NULL, "索引号模板里的“{”没有对应的“}”",
                    "a { of the template is not closed");
    Str inside = str_sub(*rest, 1, (size_t)close);
    *rest = str_from(*rest, (size_t)close + 1);
    return place_read(inside, out, err);
}

static bool pieces_read(Str form, Pieces *out, Err *err)
{
    Pieces p = {0};
    int serials = 0;
    if (str_runes(form) > INDEX_FORM_MAX)
        return fail(err, ERR_INPUT, NULL, "索引号模板不超过%d字",
                    "the template has more than %d characters", INDEX_FORM_MAX);
    for (Str rest = form; rest.n; p.n++) {
        if (p.n == sizeof p.v / sizeof *p.v)
            return fail(err, ERR_INPUT, NULL, "索引号模板太复杂",
                        "the template has too many places");
        if (!next_piece(&rest, &p.v[p.n], err))
            return false;
        serials += p.v[p.n].is_place && p.v[p.n].place == PLACE_SERIAL;
    }
    if (serials != 1)
        return fail(err, ERR_INPUT, NULL, "索引号模板里要有一个{流水:5}，不多不少",
                    "the template needs exactly one {serial:5}");
    *out = p;
    return true;
}

bool index_form_ok(Str form, Err *err)
{
    Pieces p;
    return pieces_read(form, &p, err);
}

static Str organ_part(PlaceId place, const Organ *organ)
{
    switch (place) {
    case PLACE_CREDIT:
        return organ->credit_code;
    case PLACE_CREDIT9:
        return str_sub(organ->credit_code, 8, 17);
    case PLACE_CODE:
        return organ->code;
    case PLACE_DIVISION:
    case PLACE_YEAR:
    case PLACE_MONTH:
    case PLACE_DAY:
    case PLACE_SERIAL:
    case PLACE__COUNT:
        break;
    }
    return organ->division;
}

static bool put_piece(Buf *b, const Piece *p, const Organ *organ, Date day, Err *err)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    if (!p->is_place)
        buf_add(b, p->text);
    else if (p->place == PLACE_YEAR)
        buf_fmt(b, "%04d", y);
    else if (p->place == PLACE_MONTH)
        buf_fmt(b, "%04d%02d", y, m);
    else if (p->place == PLACE_DAY)
        buf_fmt(b, "%04d%02d%02d", y, m, d);
    else {
        Str part = organ_part(p->place, organ);
        if (!part.n)
            return fail(err, ERR_RULE, NULL, PRI_STR "还没有填“" PRI_STR "”，编不出索引号",
                        PRI_STR " lacks what {" PRI_STR "} of the index number asks for",
                        STR_ARG(organ->name), STR_ARG(index_places[p->place].name));
        buf_add(b, part);
    }
    return true;
}

static bool put_serial(Buf *out, Buf *counted, int digits, int64_t serial, Err *err)
{
    int64_t most = 1;
    for (int i = 0; i < digits; i++)
        most *= 10;
    if (serial < 1 || serial >= most)
        return fail(err, ERR_RULE, NULL, "流水号超过%d位，请在站点设置里加长",
                    "the serial has outgrown its %d digits", digits);
    buf_fmt(out, "%0*lld", digits, (long long)serial);
    buf_byte(counted, '#');
    return true;
}

bool index_no_make(Str form, const Organ *organ, Date day, int64_t serial, Arena *a, Str *out,
                   Str *counted, Err *err)
{
    Pieces p = {0};
    Buf number = buf_new(a, 1024), rest = buf_new(a, 1024);
    if (!pieces_read(form, &p, err))
        return false;
    for (size_t i = 0; i < p.n; i++) {
        bool is_serial = p.v[i].is_place && p.v[i].place == PLACE_SERIAL;
        if (is_serial ? !put_serial(&number, &rest, p.v[i].digits, serial, err)
                      : !put_piece(&number, &p.v[i], organ, day, err) ||
                            !put_piece(&rest, &p.v[i], organ, day, err))
            return false;
    }
    if (str_runes(buf_str(&number)) > INDEX_NO_MAX)
        return fail(err, ERR_RULE, NULL, "索引号超过%d字", "the index number is longer than %d",
                    INDEX_NO_MAX);
    *out = buf_str(&number);
    *counted = buf_str(&rest);
    return true;
}
