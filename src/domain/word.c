#include "domain/word.h"

// clang-format off
enum {
    UNCONFIRMED = 1u << PHASE_UNCONFIRMED,
    OPEN        = 1u << PHASE_OPEN,
    CORRECTION  = 1u << PHASE_CORRECTION,
    OPINION     = 1u << PHASE_OPINION,
    FEE         = 1u << PHASE_FEE,
    DONE        = 1u << PHASE_DONE,
    RUNNING     = OPEN | OPINION,
    UNDECIDED   = UNCONFIRMED | OPEN | CORRECTION | OPINION | FEE,
};

const SayDef say_defs[WORD__COUNT] = {
    //                  id                name                        phases        text   once   records             source
    [WORD_HELP]      = { SI("help"),      SI("需要的帮助"),           0,            true,  true,  FACT__COUNT,        SI("条例第四十三条") },
    [WORD_OTHERWISE] = { SI("otherwise"), SI("没有所要的形式时"),     0,            true,  true,  FACT__COUNT,        SI("条例第四十条") },
    [WORD_CORRECTED] = { SI("corrected"), SI("补正"),                 CORRECTION,   true,  false, FACT_CORRECTED,     SI("条例第三十条") },
    [WORD_REASONS]   = { SI("reasons"),   SI("说明理由"),             RUNNING,      true,  true,  FACT_REASONS_GIVEN, SI("条例第三十五条") },
    [WORD_ADDED]     = { SI("added"),     SI("补充说明"),             UNDECIDED,    true,  false, FACT__COUNT,        SI("条例第二十九条") },
    [WORD_AGREED]    = { SI("agreed"),    SI("确认收到日期无误"),     RUNNING,      false, true,  FACT__COUNT,        SI("条例第三十一条") },
    [WORD_DISAGREED] = { SI("disagreed"), SI("对收到日期有不同意见"), RUNNING,      true,  true,  FACT__COUNT,        SI("条例第三十一条") },
    [WORD_WAY]       = { SI("way"),       SI("改变获取方式"),         UNDECIDED,    false, false, FACT__COUNT,        SI("条例第四十条") },
    [WORD_PUBLISH]   = { SI("publish"),   SI("建议主动公开"),         DONE,         false, true,  FACT__COUNT,        SI("条例第四十四条") },
    [WORD_RECEIVED]  = { SI("received"),  SI("确认收到答复"),         DONE,         false, true,  FACT_DELIVERED,     SI("国办公开办函〔2016〕235号") },
};

const HelpDef help_defs[] = {
    { SI("read_out"), SI("把告知书和信息念给我听") },
    { SI("fill_in"),  SI("帮我填写、整理申请") },
    { SI("large"),    SI("大字号的纸质件") },
    { SI("sign"),     SI("手语翻译") },
    { SI("language"), SI("本民族语言文字") },
    { SI("visit"),    SI("行动不便，请上门或者到门口办理") },
    { SI("accompany"), SI("由家人或者志愿者陪同、代办") },
};
// clang-format on
const size_t n_help_defs = sizeof help_defs / sizeof *help_defs;

bool word_named(Str id, WordKind *out)
{
    for (int k = 0; k < WORD__COUNT; k++)
        if (str_eq(say_defs[k].id, id))
            return *out = (WordKind)k, true;
    return false;
}

bool word_fits(WordKind kind, Phase phase)
{
    return say_defs[kind].phases >> phase & 1;
}
