// Small reports of our own, for what the sample organ does not have: older forms, and faults.

const COLUMNS = ['自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];
const ROWS_2019 = [
  '一、本年新收政府信息公开申请数量', '二、上年结转政府信息公开申请数量', '（一）予以公开',
  '（二）部分公开（区分处理的，只计这一情形，不计其他情形）', '1.属于国家秘密', '2.其他法律行政法规禁止公开',
  '3.危及“三安全一稳定”', '4.保护第三方合法权益', '5.属于三类内部事务信息', '6.属于四类过程性信息',
  '7.属于行政执法案卷', '8.属于行政查询事项', '1.本机关不掌握相关政府信息', '2.没有现成信息需要另行制作',
  '3.补正后申请内容仍不明确', '1.信访举报投诉类申请', '2.重复申请', '3.要求提供公开出版物',
  '4.无正当理由大量反复申请', '5.要求行政机关确认或重新出具已获取信息', '（六）其他处理', '（七）总计',
  '四、结转下年度继续办理',
];
const GROUPS = { 4: ['（三）不予公开', 8], 12: ['（四）无法提供', 3], 15: ['（五）不予处理', 5] };

const row = (cells) => `<tr>${cells.map((c) => `<td>${c}</td>`).join('')}</tr>`;

// figures: row number → the seven columns; other rows are 0.
function tableThree(figures) {
  const lines = ROWS_2019.map((label, i) => {
    const figure = (figures[i] ?? [0, 0, 0, 0, 0, 0, 0]).map((n) => `<td>${n}</td>`).join('');
    if (i < 2 || i === 22) return `<tr><td colspan="3">${label}</td>${figure}</tr>`;
    const results = i === 2 ? '<td rowspan="20">三、本年度办理结果</td>' : '';
    if (GROUPS[i]) return `<tr><td rowspan="${GROUPS[i][1]}">${GROUPS[i][0]}</td><td>${label}</td>${figure}</tr>`;
    const grouped = Object.entries(GROUPS).some(([at, [, n]]) => i > at && i < Number(at) + n);
    return `<tr>${results}<td${grouped ? '' : ' colspan="2"'}>${label}</td>${figure}</tr>`;
  });
  return `<table><tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>
<td colspan="7">申请人情况</td></tr><tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>
${row(COLUMNS.slice(1, 6))}${lines.join('\n')}</table>`;
}

// One total is wrong (新收 4 + 1 is not 6) and one cell is blank.
export function report2019() {
  const figures = {
    0: [4, 1, 0, 0, 0, 0, 6],
    2: [4, 1, 0, 0, 0, 0, 5],
    7: ['', 0, 0, 0, 0, 0, 0],
    21: [4, 1, 0, 0, 0, 0, 5],
  };
  return `<!doctype html><html><head><meta charset="utf-8"><title>示例县林业局2020年政府信息公开工作年度报告</title></head><body>
<h1>示例县林业局2020年政府信息公开工作年度报告</h1>
<p>本报告的统计期限为2020年1月1日至2020年12月31日。</p>
<h2>一、总体情况</h2><p>2020年，本局主动公开信息86条，全年收到政府信息公开申请5件。</p>
<h2>二、主动公开政府信息情况</h2>
<table><tr><td colspan="4">第二十条第（一）项</td></tr>${row(['信息内容', '本年新制作数量', '本年新公开数量', '对外公开总数量'])}
${row(['规章', 0, 0, 0])}${row(['规范性文件', 1, 1, 7])}
<tr><td colspan="4">第二十条第（五）项</td></tr>${row(['信息内容', '上一年项目数量', '本年增/减', '处理决定数量'])}
${row(['行政许可', 12, '-1', 40])}${row(['其他对外管理服务事项', 5, 0, 21])}
<tr><td colspan="4">第二十条第（六）项</td></tr>${row(['信息内容', '上一年项目数量', '本年增/减', '处理决定数量'])}
${row(['行政处罚', 30, 2, 9])}${row(['行政强制', 2, 0, 0])}
<tr><td colspan="4">第二十条第（八）项</td></tr><tr><td>信息内容</td><td>上一年项目数量</td><td colspan="2">本年增/减</td></tr>
<tr><td>行政事业性收费</td><td>1</td><td colspan="2">0</td></tr>
<tr><td colspan="4">第二十条第（九）项</td></tr><tr><td>信息内容</td><td>采购项目数量</td><td colspan="2">采购总金额</td></tr>
<tr><td>政府集中采购</td><td>3</td><td colspan="2">41.13万元</td></tr></table>
<h2>三、收到和处理政府信息公开申请情况</h2>${tableThree(figures)}
<h2>四、政府信息公开行政复议、行政诉讼情况</h2>
<table><tr><td colspan="5" rowspan="2">行政复议</td><td colspan="10">行政诉讼</td></tr>
<tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>
${row([1, 2, 3].flatMap(() => ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计']))}${row(Array(15).fill(0))}</table>
<h2>五、存在的主要问题及改进情况</h2><p>解读形式还不够多样，下一年将增加图解。</p>
<h2>六、其他需要报告的事项</h2><p>无其他需要报告的事项。</p></body></html>`;
}

const STAT = [
  ['一、主动公开情况', '', ''], ['（一）主动公开政府信息数', '条', 120], ['其中：主动公开规范性文件数', '条', 2],
  ['制发规范性文件总数', '件', 2], ['（二）通过不同渠道和方式公开政府信息的情况', '', ''], ['1.政府公报公开政府信息数', '条', 0],
  ['2.政府网站公开政府信息数', '条', 118], ['3.政务微博公开政府信息数', '条', 0], ['4.政务微信公开政府信息数', '条', 20],
  ['5.其他方式公开政府信息数', '条', 3], ['二、回应解读情况', '', ''], ['（一）回应公众关注热点或重大舆情数', '次', 1],
  ['三、依申请公开情况', '', ''], ['（一）收到申请数', '件', 4], ['1.当面申请数', '件', 1], ['2.传真申请数', '件', 0],
  ['3.网络申请数', '件', 2], ['4.信函申请数', '件', 1], ['（二）申请办结数', '件', 4], ['1.按时办结数', '件', 4],
  ['2.延期办结数', '件', 0], ['（三）申请答复数', '件', 4], ['1.属于已主动公开范围数', '件', 1], ['2.同意公开答复数', '件', 3],
  ['四、行政复议数量', '件', 0], ['五、行政诉讼数量', '件', 0], ['六、举报投诉数量', '件', 0],
];

export function report2014() {
  return `<!doctype html><html><head><meta charset="utf-8"><title>示例县林业局2017年政府信息公开工作年度报告</title></head><body>
<h1>示例县林业局2017年政府信息公开工作年度报告</h1>
<h2>一、主动公开政府信息情况</h2><p>2017年，本局主动公开政府信息120条。</p>
<h2>二、依申请公开政府信息情况</h2><p>2017年，共收到政府信息公开申请4件，全部按时办结。</p>
<h2>附表：政府信息公开情况统计表</h2><p>（2017年度）</p>
<table>${row(['统计指标', '单位', '统计数'])}${STAT.map(row).join('\n')}</table></body></html>`;
}

// As copied from a page into the box: a table loses its lines, not its figures.
export function pasted() {
  return report2019()
    .replaceAll(/<\/t[dh]>\s*<t[dh][^>]*>/g, '\t')
    .replaceAll(/<\/(tr|p|h1|h2|title)>/g, '\n')
    .replaceAll(/<[^>]+>/g, '');
}

// Many small organs, so that lists have pages and facets have more than fits.
export function manyReports(count) {
  const names = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨'];
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `many-${i}.html`,
      report2014().replaceAll('示例县林业局2017', `示例县${names[i]}镇人民政府2016`),
    ]),
  );
}
