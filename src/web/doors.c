#include "web/doors.h"

// clang-format off
static const struct { Str noun, path, tail; bool numbered; } doors[] = {
    //                    before the number         behind it
    { SI("organ"),      SI("/desk/organs/"),      SI(""), true  },
    { SI("person"),     SI("/desk/people/"),      SI(""), true  },
    { SI("attachment"), SI("/desk/files/"), SI(""), true  },
    { SI("audit"),      SI("/desk/audit/"),       SI(""), true  },
    { SI("task"),       SI("/desk/tasks/"),       SI(""), true  },
    { SI("bulk"),       SI("/desk/bulk/"),        SI(""), true  },
    { SI("request"),    SI("/desk/requests/"),    SI(""), true  },
    { SI("remedy"),     SI("/desk/remedies/"),    SI(""), true  },
    { SI("correction"), SI("/desk/corrections/"), SI(""), true  },
    { SI("letter"),     SI("/desk/letters/"),     SI(""), true  },
    { SI("calendar"),   SI("/desk/calendar/"), SI(""), true },
    { SI("clock"),      SI("/desk/clock"),        SI(""), false },
    { SI("api_key"),    SI("/desk/api-keys"),     SI(""), false },
    { SI("publication"), SI("/desk/publications/"), SI(""), true },
    { SI("session"),    SI("/desk/account"),      SI(""), false },
    { SI("mail"),       SI("/desk/outbox"),       SI(""), false },
    { SI("site"),       SI("/desk/site"),         SI(""), false },
};
// clang-format on

Str door_path(Arena *a, Str noun, int64_t id)
{
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        if (!str_eq(doors[i].noun, noun))
            continue;
        if (!doors[i].numbered)
            return doors[i].path;
        return id ? str_fmt(a, PRI_STR "%lld" PRI_STR, STR_ARG(doors[i].path), (long long)id,
                            STR_ARG(doors[i].tail))
                  : S("");
    }
    return S("");
}
