// The package every DOCX and XLSX is: a zip archive of XML parts, read as a stream of events. What
// it unpacks to is counted over all parts; DTDs (and with them entity bombs) are refused; nothing
// is fetched from anywhere.
#ifndef GONGKAI_REPORT_OFFICE_H
#define GONGKAI_REPORT_OFFICE_H

#include "base/err.h"
#include "base/str.h"

typedef struct Package Package;

// Opens the archive in `bytes`, which must live as long. ERR_UNREADABLE where it is broken, cut or
// encrypted, ERR_LIMIT for too many entries. Ended with package_end.
bool package_open(Str bytes, Arena *a, Package **out, Err *err);
void package_end(Package **p);
bool package_has(const Package *p, const char *part);

// The part that is the document itself, by the package's relationships; `otherwise` without them.
const char *package_main(Package *p, Arena *a, const char *otherwise);

// What a relationship of `part` points at ("rId1" of xl/workbook.xml), as a name of a part; NULL
// without one.
typedef struct Relation {
    Str id, type;
    const char *target;
} Relation;
typedef struct Relations {
    Relation *v;
    size_t n, cap;
} Relations;
Relations package_relations(Package *p, const char *part, Arena *a);

typedef enum XmlEvent { XML_STOP, XML_OPEN, XML_CLOSE, XML_TEXT } XmlEvent;

// One part being read. `name` is the local name of the element opened or closed (NUL-ended, valid
// until the next event), `text` that of XML_TEXT. An empty element gives XML_OPEN and XML_CLOSE.
typedef struct Xml Xml;
Xml *xml_open(Package *p, const char *part); // NULL without such a part
void xml_end(Xml **x);
XmlEvent xml_next(Xml *x); // XML_STOP at the end and where the part is broken: ask xml_ok then
const char *xml_name(const Xml *x);
Str xml_text(const Xml *x);
bool xml_is(const Xml *x, const char *name);
Str xml_attr(Xml *x, const char *name, Arena *a); // by local name, of the element just opened
int64_t xml_attr_int(Xml *x, const char *name, int64_t otherwise);
void xml_skip(Xml *x); // over what the element just opened holds, and its close
bool xml_ok(const Xml *x, Err *err);

#endif
