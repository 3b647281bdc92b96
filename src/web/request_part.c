#include "web/request_part.h"

#include "web/page_applicant.h"
#include "web/page_archive.h"
#include "web/page_decision.h"
#include "web/page_duty.h"
#include "web/page_fee.h"
#include "web/page_forward.h"
#include "web/page_group.h"
#include "web/page_letter.h"
#include "web/page_opinion.h"
#include "web/page_publication.h"
#include "web/page_release.h"
#include "web/page_remedy.h"

enum { PARTS_BYTES = 1 << 20 };

// clang-format off
// In the order in which an officer comes to them: what the applicant said, who has it, what is
// decided and given out, what the applicant gets and pays, what is done together with others, and
// what follows once it has ended.
const RequestPart request_parts[] = {
    // id, power, function
    { "applicant", MAY_REQUEST_READ, request_part_applicant },
    { "same",  MAY_REQUEST_READ, request_part_same },
    { "group", MAY_REQUEST_READ, request_part_group },
    { "duty", MAY_REQUEST_READ, part_duty },
    { "opinions", MAY_REQUEST_READ, part_opinions },
    { "decision", MAY_REQUEST_READ, part_decision },
    { "release", MAY_REQUEST_READ, part_release },
    { "letters", MAY_REQUEST_READ, part_letters },
    { "fee", MAY_REQUEST_READ, fee_part },
    { "forward", MAY_REQUEST_READ, part_forward },
    { "units", MAY_REQUEST_READ, request_part_units },
    { "remedy", MAY_REQUEST_READ, remedy_part },
    { "publication", MAY_REQUEST_READ, part_publication },
    { "archive", MAY_REQUEST_READ, part_archive },
    { NULL, MAY_REQUEST_READ, NULL },
};
// clang-format on

bool request_parts_show(Request *r, const RequestFile *file, Html *out, Err *err)
{
    Out o = {.b = buf_new(r->a, PARTS_BYTES)};
    for (const RequestPart *p = request_parts; p->id; p++)
        if (viewer_may(r->viewer, p->may) && !p->show(r, file, &o, err))
            return false;
    out->s = buf_str(&o.b);
    return true;
}
