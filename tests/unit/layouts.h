// A whole report, invented, with known figures, written down in every shape that published reports
// have been met in: dumps of tables as text, pages of HTML, Markdown.
#ifndef GONGKAI_TEST_LAYOUTS_H
#define GONGKAI_TEST_LAYOUTS_H

#include "base/buf.h"
#include "form.h"

typedef enum Keeps {
    KEEPS_ALL,    // every cell can be read as it is, blanks too
    KEEPS_VALUES, // where no cell is blank every cell can be read; with blanks some are lost
    KEEPS_SOME,   // figures may be lost; what is read must still be right
} Keeps;

typedef enum Markup { PLAIN, HTML, MARKDOWN } Markup;

typedef struct Layout {
    Str name;
    Keeps keeps;
    Markup markup;
    bool printed_only; // met with the forms of 2019 and 2021 as printed, with nothing added to them
    void (*table)(Buf *b, const FormTable *t, Dice *d);
} Layout;

extern const Layout layouts[];
extern const size_t n_layouts;

typedef struct Whole {
    const Figures *figures;
    unsigned style;
    Str organ; // "示例市水务局"
} Whole;

// The report of these figures in this layout; UTF-8.
Str layout_report(const Layout *l, const Whole *w, Dice *d, Arena *a);

// What stands between reports when a page with several was copied: 字号, 扫码 …
Str layout_furniture(void);

#endif
