#include "paper/paper.h"

void paper_add(Arena *a, Paper *paper, PartKind kind, Str text)
{
    *PUSH(a, paper) = (PaperPart){.kind = kind, .text = text};
}
