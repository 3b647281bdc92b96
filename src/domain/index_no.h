// Index numbers (索引号): no national form exists, so each site has a template of its own, and what
// it makes is unique and never changes (条例 第十二条 asks for an index in the catalogue).
//
// A template is text with places in braces:
//
//     {信用代码}/{年月}-{流水:5}          11341702486344515H/202110-00013
//     {代码9}/{年}-{流水:5}               486344515/2018-04736
//     {区划}-{机关代码}-{年}-{流水:6}     130102-0007-2023-000071
//
// Every place has an English name as well (the table in index_no.c). Outside braces may stand
// letters, digits and  - / _ . ( ) 〔 〕 [ ]. There is exactly one serial, which is counted for
// each text that the rest makes, so two numbers can never be the same.
#ifndef GONGKAI_DOMAIN_INDEX_NO_H
#define GONGKAI_DOMAIN_INDEX_NO_H

#include "domain/organ.h"

enum { INDEX_FORM_MAX = 120, INDEX_NO_MAX = 60 }; // characters

typedef struct IndexPlace {
    Str id, name; // credit 信用代码
    Str about;
} IndexPlace;
extern const IndexPlace index_places[];
extern const size_t index_places_n;

// Whether it is a template at all: ERR_INPUT says what is wrong and where.
bool index_form_ok(Str form, Err *err);

// The number of the `serial`th item of the organ made on `day`. *counted is what the serial is
// counted by: the number with # for the serial. ERR_INPUT where the template is none, ERR_RULE
// where the organ lacks what it asks for (a credit code), or the serial has outgrown its digits.
bool index_no_make(Str form, const Organ *organ, Date day, int64_t serial, Arena *a, Str *out,
                   Str *counted, Err *err);

#endif
