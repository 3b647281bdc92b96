#include "report/blocks.h"

#include "base/text.h"

#include <string.h>

// "## 一、总体情况" of Markdown: the marks go, their number is the heading's rank.
static Block paragraph(Str text, int32_t line)
{
    size_t marks = 0;
    while (marks < text.n && text.s[marks] == '#')
        marks++;
    bool heading = marks >= 1 && marks <= 6 && marks < text.n && text.s[marks] == ' ';
    return (Block){.kind = BLOCK_PARA,
                   .text = heading ? str_trim(str_from(text, marks)) : text,
                   .place.line = line,
                   .heading = heading ? (uint8_t)marks : 0};
}

bool read_text(Str bytes, Arena *a, Blocks *out, Err *err)
{
    Str text;
    Blocks blocks = {0};
    if (!text_decode(bytes, S(""), a, &text, &blocks.encoding, err))
        return false;
    int32_t line = 1;
    for (size_t i = 0; i < text.n; line++) {
        const char *end = memchr(text.s + i, '\n', text.n - i);
        size_t n = end ? (size_t)(end - (text.s + i)) : text.n - i;
        Str s = {text.s + i, n};
        i += n + 1;
        // old Macintosh line ends, and form feeds between the pages of a printout
        for (Str head, rest = s; rest.n;) {
            size_t at = 0;
            while (at < rest.n && rest.s[at] != '\r' && rest.s[at] != '\f')
                at++;
            head = str_sub(rest, 0, at);
            rest = str_from(rest, at + 1);
            if (!head.n)
                continue;
            if (blocks.n == MAX_BLOCKS)
                return fail(err, ERR_LIMIT, NULL, "文件超过%d行，请拆分后再试",
                            "the file has more than %d lines; split it", MAX_BLOCKS);
            *PUSH(a, &blocks) = paragraph(head, line);
        }
    }
    *out = blocks;
    return true;
}
