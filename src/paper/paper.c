#include "paper/paper.h"

void paper_add(Arena *a, Paper *paper, PaperKind kind, Str text)
{
    *PUSH(a, paper) = (PaperPart){.kind = kind, .text = text};
}
