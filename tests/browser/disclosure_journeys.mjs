// Disclosure on request from the citizen's first word to the reply and what may follow it: a citizen
// on a phone without scripts, and four officials of one bureau (tests/flow/desk_people.c), through
// every way a request can take. Each looks only at what their own pages say.
import assert from 'node:assert/strict';

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

// A step of the generic form; `fields` by label.
async function steps(site, person, path, step, fields = {}) {
  return at(site, person, `${path}/${step}`, async (page) => {
    await fill(page, fields);
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
    await press(page, '发出');
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
    await fill(page, { 姓名或者名称: '田新', 证件号码: '000000199001010018', 联系电话: '0000-0000000', 信息名称: title });
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
  assert.doesNotMatch(await looks(site, filed), /示例县人民政府网站/); // signed, and still in the house
  await sends(site, path);
  const told = await looks(site, filed);
  assert.match(told, /已(经)?答复/);
  console.log(told);
});
