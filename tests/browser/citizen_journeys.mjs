// A citizen in a browser, on a telephone without scripts: from looking for what is public to
// confirming, correcting and taking the days home; and what a telephone with scripts does besides.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { be } from './desk.mjs';

export const citizenPages = [
  ['apply search', '/apply?q=水务局 2023'],
  ['apply search by subject', '/apply?q=河道清淤合同'],
  ['apply search none', '/apply?q=你好'],
  ['apply first step with words', '/apply/shuiwu?about=示例河清淤合同'],
];

export const citizenJourneys = [];
const journey = (name, body) => citizenJourneys.push([`citizen journey: ${name}`, body]);

const heading = (page) => page.locator('h1').innerText();
const text = (page) => page.locator('main').innerText();
const go = (page, name) => page.getByRole('button', { name, exact: true }).click();
const noScripts = async (page) => {
  await page.route('**/*.js', (route) => route.abort());
  await page.reload();
};

// One white dot, as a photograph of a card.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64');

function card() {
  const file = join(mkdtempSync(join(tmpdir(), 'gongkai-card-')), '身份证.png');
  writeFileSync(file, PNG);
  return file;
}

async function toStepWhat(page) {
  await go(page, '继续');
  await page.getByLabel('姓名').fill('林禾');
  await page.getByLabel('证件号码').fill('000000199001010018');
  await page.getByLabel('联系电话').fill('0000-0000000');
}

async function rest(page, title) {
  await page.getByLabel('信息名称').fill(title);
  await page.getByLabel('文号或者便于查询的其他特征').fill('2025年签订，示例河左岸');
  await go(page, '继续');
  await page.getByLabel('电子数据').check();
  await page.locator('[name=way][value=platform]').check();
  await go(page, '继续');
  assert.equal(await heading(page), '核对并提交');
}

async function file(page) {
  await page.getByLabel('以上内容属实').check();
  await go(page, '提交申请');
  assert.match(await text(page), /申请已经提交/);
  return { number: await heading(page), code: await page.locator('dl.meta b').innerText() };
}

async function lookUp(page, filed) {
  await page.locator('[name=number]').fill(filed.number);
  await page.locator('[name=code]').fill(filed.code);
  await go(page, '查询');
}

async function take(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await download.path(), 'utf8');
}

journey('with a doubt, a photograph looked at, a draft gone on with, and nothing filed twice', async ({ open, PHONE }) => {
  let code;
  await open('/apply?q=河道清淤', PHONE, async (page) => {
    await noScripts(page);
    await page.getByRole('link', { name: /^向.*水务局申请$/ }).first().click();
    await toStepWhat(page);
    await page.getByLabel('证件号码').fill('000000199001010019');
    await page.getByLabel('选择文件').setInputFiles(card());
    await go(page, '继续');
    assert.match(await page.getByRole('alert').innerText(), /校验码/);
    assert.match(await text(page), /已经上传：身份证\.png/);
    const [shown] = await Promise.all([page.context().waitForEvent('page'), go(page, '看一看（新窗口）')]);
    await shown.waitForLoadState();
    assert.equal(await shown.evaluate(() => document.contentType), 'image/png');
    await shown.close();
    await page.getByLabel('就是这样的').check();
    await go(page, '继续');
    assert.equal(await heading(page), '需要的信息');
    assert.equal(await page.getByLabel('信息名称').inputValue(), '河道清淤'); // what was looked for
    await go(page, '存为草稿');
    code = await page.locator('.draft-code').innerText();
  });
  await open('/apply', PHONE, async (page) => {
    await page.getByLabel('续填码').fill(code.toUpperCase());
    await go(page, '继续填写');
    assert.equal(await heading(page), '需要的信息');
    await rest(page, '示例河清淤工程施工合同');
    assert.match(await text(page), /0000\*{10}0019/);
    assert.match(await text(page), /身份证\.png/);
    const first = await file(page);
    await page.reload(); // sends it again
    assert.match(await text(page), /没有重复提交/);
    assert.equal(await heading(page), first.number);
    assert.equal(await page.locator('dl.meta b').innerText(), first.code);
  });
});

journey('in large letters and in Traditional, changed midway, what was typed stays', async ({ open, PHONE }) => {
  await open('/apply/shuiwu', PHONE, async (page) => {
    await noScripts(page);
    await toStepWhat(page);
    await go(page, '继续');
    await page.getByLabel('信息名称').fill('示例河清淤工程施工合同');
    await go(page, '长者模式');
    assert.equal(await page.locator('html').getAttribute('data-mode'), 'elder');
    assert.equal(await page.getByLabel('信息名称').inputValue(), '示例河清淤工程施工合同');
    await go(page, '繁體');
    assert.equal(await heading(page), '需要的信息');
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hant');
    assert.equal(await page.locator('[name=name]').inputValue(), '林禾');
  });
});

journey('both sides confirm the day, the correction is supplied, the days go into the telephone', async ({ context, server, who, open, PHONE, DESK }) => {
  let filed;
  await open('/apply?q=政府办公室', PHONE, async (page) => {
    await noScripts(page);
    await page.getByRole('link', { name: '向示例县人民政府办公室申请' }).click();
    await toStepWhat(page);
    await go(page, '继续');
    await rest(page, '示例河左岸护坡设计变更记录');
    filed = await file(page);
  });
  await be(context, server, who.admin);
  await open('/desk/requests?tab=all&q=护坡设计变更', DESK, async (page) => {
    await page.getByRole('link', { name: '示例河左岸护坡设计变更记录' }).first().click();
    assert.match(await text(page), /0000\*{10}0018/);
    await go(page, '显示完整号码');
    assert.match(await text(page), /000000199001010018/);
    await page.getByRole('link', { name: '回到申请' }).click();
    await page.getByRole('link', { name: '双方确认收到申请' }).click();
    await go(page, '登记这一步');
  });
  await be(context, server);
  await open('/progress', PHONE, async (page) => {
    await noScripts(page);
    await lookUp(page, filed);
    await go(page, '对，就是这天');
    assert.match(await page.getByRole('status').innerText(), /已经收到/);
    assert.match(await text(page), /确认收到日期无误/);
    await page.getByText('补充说明', { exact: true }).click();
    await page.getByLabel('补充的内容').fill('设计变更在2025年6月');
    await page.getByRole('button', { name: '提交补充' }).click();
    assert.match(await text(page), /设计变更在2025年6月/);
    const days = await take(page, () => go(page, '把日期加入手机日历'));
    assert.match(days, /BEGIN:VCALENDAR\r\n[^]*答复期限届满/);
    const receipt = await take(page, () => go(page, '下载登记回执'));
    assert.ok(receipt.includes(filed.number));
  });
});

journey('what is written stays on the device only where somebody says so, and without numbers', async ({ open, PHONE }) => {
  await open('/apply/shuiwu', PHONE, async (page) => {
    const kept = () => page.evaluate(() => localStorage.getItem('apply'));
    await toStepWhat(page);
    assert.equal(await kept(), null);
    await page.getByText('在这台设备上记住').click();
    await page.getByLabel('姓名').fill('林禾苗');
    assert.match(await kept(), /林禾苗/);
    assert.doesNotMatch(await kept(), /000000199001010018/);
    await page.reload();
    await page.goto(page.url());
    await go(page, '继续');
    assert.equal(await page.getByLabel('姓名').inputValue(), '林禾苗');
    assert.equal(await page.getByLabel('证件号码').inputValue(), '');
    await page.getByText('在这台设备上记住').click();
    assert.equal(await kept(), null);
  });
});
