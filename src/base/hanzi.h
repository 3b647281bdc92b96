// Traditional and Simplified Chinese. The only file that knows OpenCC.
//
// Reports come in Traditional by a site's own choice or because a converter went over them, and
// then often with Taiwan's words (規範性檔案 for 规范性文件). They are read in Simplified. Which of
// the three a text is, is best asked once of the whole document and then applied to its lines,
// because a single line may hold too little to tell.
//
// All functions may be called from any thread. The dictionaries are opened at first use (some
// milliseconds); where they are missing from the system every text is taken as it is.
#ifndef GONGKAI_HANZI_H
#define GONGKAI_HANZI_H

#include "base/str.h"

typedef enum HanziKind {
    HANZI_SIMPLIFIED,  // or no Chinese at all
    HANZI_TRADITIONAL, // characters only
    HANZI_TAIWAN,      // characters and words
} HanziKind;

HanziKind hanzi_kind(Str text);

// Whether s holds a character that Simplified text does not use. Characters that it also uses in
// names and old words (乾县, 著作, 瞭望) do not count. More than 500 MB/s.
bool hanzi_traditional(Str s);

// Whether s holds words that only Taiwan (or a converter to its usage) writes: 網際網路, 資訊.
bool hanzi_taiwan(Str s);

// To Simplified, words included where s has Taiwan's. hanzi_simplify asks hanzi_kind(s) itself;
// hanzi_simplify_as is told, for the lines of a document whose kind is known. Returns s itself
// where nothing changes. 檔案 is 文件 in Taiwan's words but stays 档案 where archives are meant
// (檔案館, 檔案局, 國家檔案…).
Str hanzi_simplify(Arena *a, Str s);
Str hanzi_simplify_as(Arena *a, Str s, HanziKind kind);

// To Traditional characters, words unchanged, for showing pages to those who prefer them.
Str hanzi_traditionalise(Arena *a, Str s);

// One character of the BMP, Traditional to Simplified; any other comes back as it is (only runes
// below 0x10000 are looked up; above, the low 16 bits would mean nothing, so 0 is returned).
uint16_t hanzi_simple_rune(uint32_t rune);

// The table behind it, 65536 entries, for loops: ask for it once, then index without a call.
const uint16_t *hanzi_simple_table(void);

#endif
