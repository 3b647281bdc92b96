// Disclosure on request in a browser: what a citizen fills in and is shown, and what an officer
// does with it.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

// At the desk; {waiting} waits for a third party, {unconfirmed} to be confirmed (tests/flow/desk_people.c).
export const requestPages = [
  ['desk requests', '/desk/requests'],
  ['desk requests none', '/desk/requests?q=无此'],
  ['desk requests new', '/desk/requests/new'],
  ['desk request that waits', '/desk/requests/{waiting}'],
  ['desk request unconfirmed', '/desk/requests/{unconfirmed}'],
  ['desk request step', '/desk/requests/{waiting}/opinions/2/answer'],
  ['desk request fee', '/desk/requests/{waiting}/fee'],
  ['desk request assign', '/desk/requests/{waiting}/assign'],
  ['desk request strike', '/desk/requests/{waiting}/strike?fact=2'],
  ['desk figures', '/desk/figures'],
  ['desk figure', '/desk/figures/requests?row=new&col=natural'],
];

// --- what answers a form

const FILLED = {
  kind: 'natural', name: '林禾', id_kind: '居民身份证', id_number: '000000199001010018', phone: '0000-0000000',
  title: '示例河防洪工程2025年度验收文件', description: '示例河左岸，2025年', form: 'electronic', way: 'platform',
};

// The form as it is sent from `step`, with what the steps before it asked for.
async function sendFrom(page, step, fields, press = /继续|繼續|提交/) {
  await page.evaluate(([at, values]) => {
    const form = document.querySelector('main form');
    form.noValidate = true;
    form.elements.namedItem('step').value = at;
    for (const [name, value] of Object.entries(values)) {
      form.querySelectorAll(`[name="${name}"]`).forEach((e) => e.remove());
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    }
  }, [step, fields]);
  await page.getByRole('button', { name: press }).first().click();
  await page.waitForLoadState();
}

async function resume(page, code) {
  await page.locator('[name=resume]').fill(code);
  await page.getByRole('button', { name: /继续填写|繼續填寫/ }).click();
  await page.waitForLoadState();
}

async function lookUp(page, number, code) {
  await page.locator('[name=number]').fill(number);
  await page.locator('[name=code]').fill(code);
  await page.locator('main form button').click();
  await page.waitForLoadState();
}

async function rectify(page) {
  const fields = { name: '林禾', id_kind: '居民身份证', id_number: '000000199001010018', phone: '0000-0000000', record: '用水户登记表', wrong: '户名写错', claim: '林禾', evidence: '户口簿' };
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value);
  await page.locator('[name=true]').check();
  await page.locator('main form button').click();
  await page.waitForLoadState();
}

async function prove(page, text) {
  await page.locator('[name=text]').fill(text);
  await page.locator('main form button').click();
  await page.waitForLoadState();
}

export const requestStates = (who) => [
  ['apply step with faults', '/apply/shuiwu', (page) => sendFrom(page, 2, { name: '', phone: '' })],
  ['apply step with a doubt', '/apply/shuiwu', (page) => sendFrom(page, 2, { ...FILLED, id_number: '000000199001010019' })],
  ['apply identity', '/apply/shuiwu', (page) => sendFrom(page, 1, FILLED)],
  ['apply identity of an organisation', '/apply/shuiwu', (page) => sendFrom(page, 1, { ...FILLED, kind: 'business' })],
  ['apply what is wanted', '/apply/shuiwu', (page) => sendFrom(page, 2, FILLED)],
  ['apply ways', '/apply/shuiwu', (page) => sendFrom(page, 3, FILLED)],
  ['apply page to check', '/apply/shuiwu', (page) => sendFrom(page, 4, FILLED)],
  ['apply draft saved', '/apply/shuiwu', (page) => sendFrom(page, 3, FILLED, /草稿/)],
  ['apply filed', '/apply/shuiwu', (page) => sendFrom(page, 5, { ...FILLED, true: '1' })],
  ['apply draft that is none', '/apply', (page) => resume(page, '0000 0000 0000 0000')],
  ['progress with a wrong code', '/progress', (page) => lookUp(page, who.number, '0000000000')],
  ['progress found', '/progress', (page) => lookUp(page, who.number, who.code)],
  ['rectify filed', '/rectify/shuiwu', (page) => rectify(page)],
  ['rectify found', '/rectify', (page) => lookUp(page, who.corrected_number, who.corrected_code)],
  ['receipt that is none', '/receipt', (page) => prove(page, '政府信息公开申请登记回执')],
];

// --- journeys

export const requestJourneys = [];
const journey = (name, body) => requestJourneys.push([`request journey: ${name}`, body]);

const heading = (page) => page.locator('h1').innerText();
const text = (page) => page.locator('main').innerText();

async function fillIn(page) {
  await page.getByRole('button', { name: '继续' }).click();
  assert.equal(await heading(page), '身份和联系方式');
  await page.getByLabel('姓名').fill('林禾');
  await page.getByLabel('证件号码').fill('000000199001010018');
  await page.getByLabel('联系电话').fill('0000-0000000');
  await page.getByRole('button', { name: '继续' }).click();
  assert.equal(await heading(page), '需要的信息');
  await page.getByLabel('信息名称').fill('示例县2025年防汛物资采购合同');
  await page.getByLabel('文号或者便于查询的其他特征').fill('2025年，含清单');
  await page.getByRole('button', { name: '继续' }).click();
  assert.equal(await heading(page), '获取方式和帮助');
  await page.getByLabel('电子数据').check();
  await page.getByLabel('电子邮件').check();
  await page.getByRole('button', { name: '继续' }).click();
  assert.equal(await heading(page), '获取方式和帮助'); // it lacks something, said what
  assert.match(await page.getByRole('alert').innerText(), /请填写电子邮箱/);
  await page.locator('[name=email]').fill('lin@example.com');
  await page.getByLabel('手语翻译').check();
  await page.getByRole('button', { name: '继续' }).click();
  assert.equal(await heading(page), '核对并提交');
  assert.match(await text(page), /示例县2025年防汛物资采购合同/);
  await page.getByLabel('以上内容属实').check();
  await page.getByRole('button', { name: '提交申请' }).click();
}

journey('a citizen files on a phone without scripts, the officer confirms, the citizen sees the day', async ({ context, server, who, open, PHONE, DESK }) => {
  const filed = {};
  await open('/apply', PHONE, async (page) => {
    await page.route('**/*.js', (route) => route.abort());
    await page.reload();
    await page.getByLabel('您想了解什么').fill('政府办公室 防汛');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByRole('link', { name: '向示例县人民政府办公室申请' }).click();
    await fillIn(page);
    assert.match(await text(page), /申请已经提交/);
    filed.number = await heading(page);
    filed.code = await page.locator('dl.meta b').innerText();
    filed.receipt = await page.locator('pre.receipt').innerText();
  });
  await open('/progress', PHONE, async (page) => {
    await lookUp(page, filed.number, filed.code);
    assert.match(await text(page), /确认之日为收到申请之日/);
    assert.doesNotMatch(await text(page), /最迟/);
  });
  await open('/receipt', PHONE, async (page) => {
    await prove(page, filed.receipt.replace('林禾', '林和'));
    assert.match(await page.getByRole('alert').innerText(), /签名不符/);
    await prove(page, filed.receipt);
    assert.match(await page.getByRole('status').innerText(), /签名相符/);
  });
  await be(context, server, who.admin);
  await open('/desk/requests', DESK, async (page) => {
    await page.getByRole('link', { name: '示例县2025年防汛物资采购合同' }).click();
    await page.getByRole('link', { name: '双方确认收到申请' }).click();
    await page.getByRole('button', { name: '登记这一步' }).click();
    assert.match(await text(page), /已保存/);
    filed.due = (await text(page)).match(/最迟(\d+年\d+月\d+日)答复，还剩20个工作日/)[1];
  });
  await be(context, server);
  await open('/progress', PHONE, async (page) => {
    await lookUp(page, filed.number.replace('〔', '(').replace('〕', ')'), ` ${filed.code.toUpperCase()} `);
    assert.ok((await text(page)).includes(`最迟${filed.due}答复`));
    assert.match(await text(page), /双方确认收到申请/);
    await page.getByText('撤回申请', { exact: true }).click();
    await page.getByLabel('我确定要撤回').check();
    await page.getByRole('button', { name: '撤回这件申请' }).click();
    assert.match(await text(page), /您已经撤回这件申请/);
  });
});

journey('in Traditional characters the receipt and the number stay what was signed', async ({ open, PHONE }) => {
  const filed = {};
  await open('/apply/shuiwu?hant=1', PHONE, async (page) => {
    await sendFrom(page, 4, { ...FILLED, name: '郑后发' });
    assert.match(await text(page), /核對並提交[^]*郑后发/);
    await page.locator('[name=true]').check();
    await page.getByRole('button', { name: '提交申請' }).click();
    assert.match(await text(page), /申請已經提交/);
    filed.number = await heading(page);
    filed.code = await page.locator('dl.meta b').innerText();
    filed.receipt = await page.locator('pre.receipt').innerText();
  });
  await open('/receipt?hant=1', PHONE, async (page) => {
    await prove(page, filed.receipt);
    assert.match(await page.getByRole('status').innerText(), /簽名相符/);
  });
  await open('/progress?hant=1', PHONE, async (page) => {
    await lookUp(page, filed.number.replace('号', '號').replace('务', '務'), filed.code);
    assert.match(await text(page), /辦理經過/);
  });
});

journey('who handles it stands in the audit by name, and the search box finds it', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.admin);
  await open('/desk/requests/{unconfirmed}/assign', DESK, async (page) => {
    await page.getByLabel('承办人').selectOption({ label: '陈岚' });
    await page.getByRole('button', { name: '指定', exact: true }).click();
    assert.match(await page.locator('.facts').innerText(), /陈岚/);
    await page.goto(`${server.origin}/desk/search?q=${encodeURIComponent('清淤')}`);
    await page.locator('#requests').getByRole('link', { name: '示例县河道清淤计划' }).click();
    assert.equal(await heading(page), '示例县河道清淤计划');
    await page.goto(`${server.origin}/desk/audit?act=request.assign`);
    assert.match(await text(page), /承办人：陈岚/);
  });
  await be(context, server);
});
