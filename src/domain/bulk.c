#include "domain/bulk.h"

// clang-format off
const BulkDef bulk_defs[BULK__COUNT] = {
    [BULK_ASSIGN]  = { SI("assign"),  SI("指定承办人"),       SI("已指定承办人"), MAY_REQUEST_HANDLE },
    [BULK_CONFIRM] = { SI("confirm"), SI("确认收到"),         SI("已确认收到"),   MAY_REQUEST_REGISTER },
    [BULK_JOIN]    = { SI("join"),    SI("并案"),             SI("已并案"),       MAY_REQUEST_HANDLE },
    [BULK_ANSWER]  = { SI("answer"),  SI("适用主件的答复"),   SI("已答复"),       MAY_REQUEST_SIGN },
};
// clang-format on

bool bulk_named(Str id, BulkKind *out)
{
    for (int k = 0; k < BULK__COUNT; k++)
        if (str_eq(bulk_defs[k].id, id))
            return *out = (BulkKind)k, true;
    return false;
}
