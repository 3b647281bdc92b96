// The ids that reports carry in JSON and the database.
#include "report/report.h"

const Str doc_kind_ids[3] = {SI("report"), SI("guide"), SI("other")};
const Str cell_state_ids[4] = {SI("absent"), SI("blank"), SI("unreadable"), SI("value")};
const Str result_ids[4] = {SI("pass"), SI("fail"), SI("doubtful"), SI("not_assessable")};
const Str severity_ids[3] = {SI("note"), SI("warning"), SI("error")};

// In the order of the bits of Repair.
// clang-format off
const RepairDef repair_defs[REPAIR__COUNT] = {
    {SI("width"),     SI("全角数字"),               SI("full-width digits"),                                  false},
    {SI("spaces"),    SI("数字内有空格或换行"),     SI("spaces inside the number"),                           false},
    {SI("thousands"), SI("千分位分隔"),             SI("thousands marks"),                                    false},
    {SI("unit"),      SI("数字后带单位"),           SI("unit after the number"),                              false},
    {SI("yuan"),      SI("由元换算为万元"),         SI("yuan turned into 万元"),                              false},
    {SI("sign_word"), SI("增、减写成文字"),         SI("sign written as a word"),                             false},
    {SI("dash"),      SI("短横或“无”读作空白"),     SI("dash or 无 read as blank"),                           false},
    {SI("label"),     SI("行标题残缺或有改动"),     SI("label cut, wrapped or changed"),                      false},
    {SI("split"),     SI("数字连写，按唯一可行的拆分读取"), SI("figures run together, split the only way that fits"), true},
    {SI("position"),  SI("单元格位置丢失，按表内勾稽关系定位"), SI("position lost, placed by the arithmetic of the form"), true},
    {SI("order"),     SI("行标题缺失，按行序定位"), SI("label lost, found by the order of rows"),             true},
    {SI("script"),    SI("标题为繁体字或台湾用语"), SI("label in Traditional characters or Taiwan words"),    false},
    {SI("residue"),   SI("标题内夹有拼音"),         SI("pinyin residue in the label"),                        false},
    {SI("columns"),   SI("列的次序或数目与格式不同"), SI("columns in another order or number than the form's"), false},
    {SI("digits"),    SI("中文数字或形近字母读作数字"), SI("Chinese numerals or look-alike letters as digits"), false},
};
// clang-format on

Str cell_print(Arena *a, CellIx ix, int64_t n)
{
    if (cell_def(ix)->type != TYPE_AMOUNT)
        return str_fmt(a, "%lld", (long long)n);
    int64_t whole = n / AMOUNT_ONE, part = n % AMOUNT_ONE;
    if (part == 0)
        return str_fmt(a, "%lld", (long long)whole);
    Str s = str_fmt(a, "%s%lld.%06lld", n < 0 ? "-" : "", (long long)(whole < 0 ? -whole : whole),
                    (long long)(part < 0 ? -part : part));
    while (s.s[s.n - 1] == '0')
        s.n--;
    return s;
}
