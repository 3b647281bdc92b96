// Disclosure on request from the citizen's first word to the reply and what may follow it: a citizen
// on a phone without scripts, and four officials of one bureau (tests/flow/desk_people.c), through
// every way a request can take. Each looks only at what their own pages say.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { be } from './desk.mjs';

export const disclosureJourneys = [];
const journey = (name, body) => disclosureJourneys.push([`disclosure journey: ${name}`, body]);

const BUREAU = '示例县农业农村局';
const text = (page) => page.locator('main').innerText();
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const fill = async (page, fields) => {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).first().fill(value);
};

// --- the citizen

// Files over the Internet, without scripts: number and code.
async function files({ open, PHONE }, title) {
  return open('/apply', PHONE, async (page) => {
    await page.route('**/*.js', (route) => route.abort());
    await page.goto(`${new URL(page.url()).origin}/apply?q=${encodeURIComponent('农业农村')}`);
    await page.locator('main a[href^="/apply/"]').first().click();
    await press(page, '继续');
    await fill(page, { 姓名: '田新', 证件号码: '000000199001010018', 联系电话: '0000-0000000' });
    await press(page, '继续');
    await fill(page, { 信息名称: title, 文号或者便于查询的其他特征: `${title}，2025年印发` });
    await press(page, '继续');
    await page.getByLabel('电子数据').check();
    await page.locator('input[name=way][value=platform]').check();
    await press(page, '继续');
    await page.getByLabel('以上内容属实').check();
    await press(page, '提交申请');
    return { number: await page.locator('h1').innerText(), code: await page.locator('dl.meta b').innerText() };
  });
}

// What the citizen is told, and `then` on that page.
async function looks({ open, PHONE }, filed, then = text) {
  return open('/progress', PHONE, async (page) => {
    await page.locator('[name=number]').fill(filed.number);
    await page.locator('[name=code]').fill(filed.code);
    await page.locator('main form button').first().click();
    return then(page);
  });
}

// The words of what a button downloads, as a reader of PDF has them.
async function pdf(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).first().click()]);
  return execFileSync('pdftotext', ['-layout', await download.path(), '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '');
}

// --- the officials

// `who` at the page of the request; opens it by its number.
async function at({ context, server, who, open, DESK }, person, path, body) {
  await be(context, server, who[person]);
  const said = await open(path, DESK, body);
  await be(context, server);
  return said;
}

async function finds(site, filed) {
  return at(site, 'bureau_officer', `/desk/requests?tab=all&q=${encodeURIComponent(filed.number)}`, async (page) => {
    const href = await page.locator('main table a').first().getAttribute('href');
    return new URL(href, page.url()).pathname;
  });
}

// A step of the generic form; `fields` by label, `places` those that its letter leaves to be filled.
async function steps(site, person, path, step, fields = {}, places = []) {
  return at(site, person, `${path}/${step}`, async (page) => {
    await fill(page, fields);
    if (places.length) {
      if (Object.keys(fields).length) await press(page, '按上面的填写重新生成文书');
      let letter = await page.getByLabel('文书正文').inputValue();
      for (const [name, value] of places) letter = letter.replace(`【请填写：${name}】`, value);
      await page.getByLabel('文书正文').fill(letter);
    }
    await press(page, '登记这一步');
    await page.waitForURL((url) => url.pathname === path);
    return text(page);
  });
}

// The decision: `choose` fills the sheet; then the three who are not the drafter.
async function decides(site, path, outcome, choose) {
  await at(site, 'bureau_officer', `${path}/decision/edit?outcome=${outcome}`, async (page) => {
    await choose(page);
    await press(page, '送审');
    await page.waitForURL((url) => url.pathname === `${path}/decision`);
  });
  for (const [person, part] of [['bureau_reviewer', 'review'], ['bureau_legal', 'legal'], ['bureau_leader', 'sign']])
    await at(site, person, `${path}/decision/${part}`, async (page) => {
      await page.locator('input[name=verdict]').first().check();
      await page.locator('main form button.btn').first().click();
      await page.waitForURL((url) => url.pathname === `${path}/decision`);
    });
}

async function sends(site, path) {
  return at(site, 'bureau_officer', `${path}/decision/send`, async (page) => {
    await page.getByLabel('平台下载').check();
    await press(page, '登记发出');
    await page.waitForURL((url) => url.pathname === `${path}/decision`);
    return text(page);
  });
}

// --- the ways of a request

const day = (ago) => new Date(Date.now() + 8 * 3600e3 - ago * 86400e3).toISOString().slice(0, 10);

// Written down by the officer, so many days ago: its page.
async function comes(site, title, ago, channel = 'in_person') {
  return at(site, 'bureau_officer', '/desk/requests/new', async (page) => {
    await page.getByLabel('申请渠道').selectOption(channel);
    await page.locator('[name=filed]').fill(day(ago));
    await page.getByLabel('申请人类别').selectOption('natural');
    await fill(page, { 姓名或者名称: '田新', 证件号码: '000000199001010018', 信息名称: title });
    await page.locator('[name=phone]').fill('0000-0000000');
    await page.locator('[name=description]').fill(`${title}，2025年`);
    await page.getByLabel('提供信息的形式').selectOption('electronic');
    await page.getByLabel('获取信息的方式').selectOption('platform');
    await press(page, '登记');
    return new URL(page.url()).pathname;
  });
}

const words = (name, value) => (page) => page.locator(`[name=${name}]`).fill(value);

journey('asked, confirmed, reviewed, signed by another hand, read by the citizen', async (site) => {
  const filed = await files(site, '示例县2025年农机购置补贴实施方案');
  assert.doesNotMatch(await looks(site, filed), /最迟/); // nobody has confirmed yet
  const path = await finds(site, filed);
  await steps(site, 'bureau_officer', path, 'register/confirmed');
  assert.match(await looks(site, filed), /最迟/);
  await decides(site, path, 'public_already', words('place', '示例县人民政府网站“农业农村”栏目，2025年3月12日发布'));
  assert.doesNotMatch(await looks(site, filed), /已经?答复/); // signed, and still in the house
  await sends(site, path);
  const told = await looks(site, filed);
  assert.match(told, /已经?答复/);
});

journey('a correction is asked once and supplied; another applicant stays silent, and the request ends', async (site) => {
  const filed = await files(site, '示例县高标准农田建设项目资料');
  const path = await finds(site, filed);
  await steps(site, 'bureau_officer', path, 'register/confirmed');
  await steps(site, 'bureau_officer', path, 'handle/correction_asked', {}, [['补正事项', '请写明项目所在的乡镇和年份。']]);
  await looks(site, filed, async (page) => {
    assert.match(await pdf(page, /下载《政府信息公开申请补正告知书》/), /请写明项目所在的乡镇和年份/);
    await page.getByLabel('补正的内容').fill('城关镇，2024年的项目。');
    await press(page, '提交补正');
    assert.match(await text(page), /最迟/); // a new term
  });
  assert.match(await at(site, 'bureau_officer', path, text), /城关镇，2024年的项目/);

  const silent = await comes(site, '关于农业的材料', 60);
  await steps(site, 'bureau_officer', silent, 'handle/correction_asked', { 日期: day(58), 工作日: '10' }, [['补正事项', '请写明材料的名称。']]);
  await at(site, 'bureau_leader', `${silent}/sign/closed`, async (page) => {
    await page.locator('[name=outcome]').selectOption('not_corrected');
    await press(page, '登记这一步');
    assert.match(await text(page), /已终止/);
  });
});

journey('a third party says no with good reason, and nothing is disclosed', async (site) => {
  const path = await comes(site, '示例县良种繁育基地合作协议', 20);
  await at(site, 'bureau_officer', `${path}/handle/third_party_asked`, async (page) => {
    await fill(page, { 日期: day(15), 征求谁的意见: '示例县丰收种业有限公司' });
    await page.locator('[name=address]').fill('示例县种业路3号');
    await press(page, '按上面的填写重新生成文书');
    await press(page, '登记这一步');
    await page.waitForURL((url) => url.pathname === path);
    assert.match(await text(page), /征求意见/);
  });
  await at(site, 'bureau_officer', `${path}/opinions/2/answer`, async (page) => {
    await page.locator('[name=came]').fill(day(5));
    await page.locator('[name=answer][value=disagree]').check();
    await page.locator('[name=reasons]').fill('协议写有亲本来源和技术参数，是本公司的商业秘密。');
    await page.locator('main form button.btn').first().click();
  });
  await at(site, 'bureau_officer', `${path}/opinions/2/judge`, async (page) => {
    await page.locator('[name=held]').first().check();
    await page.locator('main form button.btn').first().click();
  });
  await decides(site, path, 'third_party', async (page) => {
    await page.locator('[name=class][value=business], [name=class]').first().check().catch(() => page.locator('[name=class]').selectOption('business'));
    await page.locator('[name=reason]').fill('协议所载亲本来源和技术参数不为公众所知悉，能带来经济利益，权利人已经采取保密措施。');
    assert.match(await text(page), /可以自收到之日起60日内.*申请行政复议/s);
    assert.doesNotMatch(await text(page), /或者自收到之日起6个月内/);
  });
  await sends(site, path);
  assert.match(await at(site, 'bureau_officer', path, text), /已答复/);
});

journey('extended by the head alone; the day and its ledger move for both sides', async (site) => {
  const filed = await files(site, '示例县农村集体产权制度改革档案目录');
  const path = await finds(site, filed);
  await steps(site, 'bureau_officer', path, 'register/confirmed');
  const before = /最迟\s*(\d+年\d+月\d+日)/.exec(await looks(site, filed))[1];
  await at(site, 'bureau_officer', path, async (page) => assert.match(await text(page), /由有“批准延期”权限的人办理/));
  await steps(site, 'bureau_head', path, 'approve/extended', {}, [['理由', '所涉档案二百余卷，需要逐卷检索。']]);
  const told = await looks(site, filed);
  const after = /最迟\s*(\d+年\d+月\d+日)/.exec(told)[1];
  assert.notEqual(after, before);
  assert.match(told, /第三十三条/);
  await at(site, 'bureau_officer', path, async (page) => {
    const href = await page.getByRole('link', { name: '期限台账（PDF）' }).getAttribute('href');
    const pdf = await page.request.get(new URL(href, page.url()).href);
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
  });
});

// By pages: 50 of them are 200 yuan (30 free, then 10 each).
async function charges(site, path, ago) {
  await at(site, 'bureau_officer', `${path}/fee`, async (page) => {
    await page.locator('[name=basis][value=page]').check();
    await page.locator('[name=pages]').fill('50');
    await press(page, '计算');
    assert.match(await text(page), /200/);
    await page.locator('[name=on]').fill(day(ago));
    await page.locator('[name=how]').fill('凭缴款码在示例县非税收入代收银行缴纳');
    await press(page, '发出收费通知');
    await page.waitForURL((url) => url.pathname === path);
    assert.match(await text(page), /待缴费/);
  });
}

journey('a fee is paid and a new term begins; another is not, and the request ends', async (site) => {
  const paid = await comes(site, '示例县农业投资项目评审报告', 6);
  await charges(site, paid, 4);
  await steps(site, 'bureau_officer', paid, 'handle/fee_notice_received', { 日期: day(3) });
  await at(site, 'bureau_officer', `${paid}/fee/pay`, async (page) => {
    await page.locator('[name=on]').fill(day(1));
    await page.locator('[name=yuan]').fill('200');
    await page.locator('[name=receipt]').fill('示财00000001');
    await page.locator('[name=method]').selectOption({ index: 1 });
    await page.locator('main form button.btn').first().click();
    await page.waitForURL((url) => url.pathname === paid);
    assert.match(await text(page), /办理中/);
    assert.match(await text(page), /缴费/);
  });
  const unpaid = await comes(site, '示例县农业园区建设档案', 70);
  await charges(site, unpaid, 60);
  await steps(site, 'bureau_officer', unpaid, 'handle/fee_notice_received', { 日期: day(58) });
  await at(site, 'bureau_leader', `${unpaid}/fee/lapse`, async (page) => {
    await page.locator('main form button.btn').first().click();
    await page.waitForURL((url) => url.pathname === unpaid);
    assert.match(await text(page), /已终止/);
  });
});

// A document of the bureau's as one that is given out: a table, a telephone number, a name.
async function document(site) {
  return site.open('/', site.DESK, async (page) => {
    await page.setContent('<h1>示例县秸秆综合利用项目合同</h1><p>承包人：示例县绿野合作社</p><p>联系人：高粱　电话：13900000000</p><p>合同价：1200000元</p>');
    return page.pdf({ format: 'A4' });
  });
}

journey('partly disclosed: what is withheld is blacked out and proven, and the citizen reads the rest', async (site) => {
  const filed = await files(site, '示例县秸秆综合利用项目合同');
  const path = await finds(site, filed);
  await steps(site, 'bureau_officer', path, 'register/confirmed');
  const buffer = await document(site);
  await at(site, 'bureau_officer', `${path}/release`, async (page) => {
    await page.getByLabel('要提供的文件').setInputFiles({ name: '合同.pdf', mimeType: 'application/pdf', buffer });
    await press(page, '添加');
    await page.getByLabel(/要遮盖的文字/).fill('13900000000\n高粱');
    await page.locator('[name=ground]').selectOption({ index: 1 });
    await press(page, '保存标记');
    await press(page, '遮盖并检查');
    await page.waitForURL(/of=result/, { timeout: 60000 });
    assert.match(await text(page), /检查结果/);
    if (await page.locator('[name=looked]').count()) await page.locator('[name=looked]').check();
    await press(page, '确认');
  });
  await decides(site, path, 'partly', async (page) => {
    await page.locator('[name="piece1_what"]').fill('合同正文');
    await page.locator('[name="piece1_answer"]').selectOption('given');
    await page.locator('[name="piece2_what"]').fill('联系人姓名和电话');
    await page.locator('[name="piece2_answer"]').selectOption('withheld');
    await page.locator('[name="piece2_ground"]').selectOption('internal');
    await page.locator('[name="piece2_reason"]').fill('属于内部工作流程中的联络信息，不影响公众了解合同。');
  });
  await sends(site, path);
  await looks(site, filed, async (page) => {
    const given = await pdf(page, /合同/);
    assert.match(given, /1200000/);
    assert.doesNotMatch(given, /13900000000|高粱/);
    assert.match(await pdf(page, /下载《政府信息部分公开告知书》/), /联系人姓名和电话/);
  });
});

journey('refused; the review upholds it, the court corrects it, and both stand in table four', async (site) => {
  const path = await comes(site, '示例县农业行政处罚案卷', 30);
  await decides(site, path, 'case_file', words('reason', '属于行政执法案卷信息，法律、法规、规章没有规定应当公开。'));
  await sends(site, path);
  const code = await at(site, 'bureau_officer', path, async (page) => /\S+依申〔\d+〕\d+号/.exec(await text(page))[0]);
  const figure = () => at(site, 'bureau_officer', `/desk/figures/remedies`, text);
  const before = await figure();
  const suit = async (kind, about, more) => at(site, 'bureau_officer', '/desk/remedies/new', async (page) => {
    await page.locator('[name=request]').fill(code);
    await page.locator('[name=kind]').selectOption(kind);
    await page.locator('[name=about]').selectOption({ index: 1 });
    await fill(page, { 案由: about, '复议申请人、原告': '田新' });
    await page.locator('[name=filed]').fill(day(0));
    await page.locator('main form button.btn').first().click();
    const at = new URL(page.url()).pathname;
    for (const [step, fields] of more) {
      await page.goto(`${new URL(page.url()).origin}${at}/${step}`);
      for (const [name, value] of Object.entries(fields))
        await (name === 'result' ? page.locator('[name=result]').selectOption(value) : page.locator(`[name=${name}]`).fill(value));
      await page.locator('main form button.btn').first().click();
      await page.waitForURL((url) => url.pathname === at);
    }
    return text(page);
  });
  await suit('review', '不服不予公开决定', [['accepted', {}], ['decided', { result: 'upheld' }]]);
  await suit('suit_after', '不服复议决定', [['accepted', {}], ['decided', { result: 'quashed' }]]);
  const after = await figure();
  assert.notEqual(after, before);
  assert.match(await at(site, 'bureau_officer', path, text), /复议诉讼/);
});

journey('refused; the review orders a new reply, which goes through the same hands and reaches the citizen', async (site) => {
  const title = '示例县农产品检测报告汇总';
  const filed = await files(site, title);
  const path = await finds(site, filed);
  await steps(site, 'bureau_officer', path, 'register/confirmed');
  await decides(site, path, 'not_existing', words('search', '在办公系统以“检测报告”检索，没有检索到。'));
  await sends(site, path);
  const review = await at(site, 'bureau_officer', '/desk/remedies/new', async (page) => {
    await page.locator('[name=request]').fill(filed.number);
    await page.locator('[name=kind]').selectOption('review');
    await page.locator('[name=about]').selectOption('answer');
    await fill(page, { 案由: title, '复议申请人、原告': '田新' });
    await page.locator('[name=forum]').fill('示例县人民政府');
    await page.locator('[name=filed]').fill(day(0));
    await page.locator('main form button.btn').first().click();
    return new URL(page.url()).pathname;
  });
  await at(site, 'bureau_officer', `${review}/decided`, async (page) => {
    await page.locator('[name=result]').selectOption('redo');
    await page.locator('[name=until]').fill(day(-12));
    await page.locator('[name=document]').fill('示府复〔2026〕5号');
    await page.locator('main form button.btn').first().click();
    await page.waitForURL((url) => url.pathname === review);
    assert.match(await text(page), /待重新处理/);
    await page.getByRole('link', { name: '起草重新答复' }).click();
    await page.waitForURL((url) => url.pathname === `${path}/decision`);
    assert.match(await text(page), /示府复〔2026〕5号.*撤销并责令重新答复/s);
  });
  assert.match(await looks(site, filed), /责令重新答复，最迟/);
  await decides(site, path, 'public_already', words('place', '示例县人民政府网站“农产品质量安全”栏目，2025年6月3日发布'));
  assert.doesNotMatch(await looks(site, filed), /按复议决定或者判决，已于/); // signed, and still in the house
  await sends(site, path);
  assert.match(await at(site, 'bureau_officer', review, text), /已审结/);
  assert.match(await at(site, 'bureau_officer', path, text), /重新答复/);
  assert.match(await at(site, 'bureau_officer', `${path}/decisions/1`, text), /没有检索到/); // as it was
  await looks(site, filed, async (page) => {
    assert.match(await text(page), /按复议决定或者判决，已于/);
    assert.match(await pdf(page, /下载《政府信息.*告知书》/), /示府复〔2026〕5号行政复议决定.*现重新答复如下/);
  });
  assert.match(await looks(site, filed), /对重新答复不满意的/);
});
