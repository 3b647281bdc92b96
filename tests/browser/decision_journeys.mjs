// A reply through the hands of four people: drafted, reviewed, checked, signed, sent.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

export const decisionPages = [
  ['desk decision sheet', '/desk/requests/{waiting}/decision'],
  ['desk decision choose', '/desk/requests/{waiting}/decision/choose'],
  ['desk decision edit', '/desk/requests/{waiting}/decision/edit?outcome=partly'],
  ['desk decision other organ', '/desk/requests/{waiting}/decision/edit?outcome=other_organ'],
  ['desk decision recall', '/desk/requests/{waiting}/decision/recall'],
  ['desk decision send', '/desk/requests/{waiting}/decision/send'],
  ['desk decision delivery', '/desk/requests/{waiting}/decision/delivery'],
  ['desk decision opinions', '/desk/requests/{waiting}/opinions'],
  ['desk decision opinion', '/desk/requests/{waiting}/opinions/2/judge'],
  ['desk decision forward', '/desk/requests/{waiting}/forward'],
  ['desk decision setting', '/desk/site/decisions'],
];

export const decisionJourneys = [];
const journey = (name, body) => decisionJourneys.push([`decision journey: ${name}`, body]);

const text = (page) => page.locator('main').innerText();
const gate = (page) => page.locator('ol.gate').first().innerText();

// Registered at the counter by the officer; its address.
async function registered({ open, DESK }, title) {
  let at = '';
  await open('/desk/requests/new', DESK, async (page) => {
    await page.getByLabel('申请渠道').selectOption('in_person');
    await page.getByLabel('申请人类别').selectOption('natural');
    await page.getByLabel('姓名或者名称').fill('林禾');
    await page.getByLabel('证件号码').fill('000000199001010000');
    await page.getByLabel('联系电话').fill('0000-0000000');
    await page.getByLabel('信息名称').fill(title);
    await page.getByLabel('名称、文号或者便于查询').fill(title);
    await page.getByLabel('提供信息的形式').selectOption('paper');
    await page.getByLabel('获取信息的方式').selectOption('mail');
    await page.getByRole('button', { name: '登记', exact: false }).last().click();
    assert.equal(await page.locator('h1').innerText(), title);
    at = new URL(page.url()).pathname;
  });
  return at;
}

// One person's verdict.
async function judge(world, cookie, at, tail, choice, reason = '') {
  await be(world.context, world.server, cookie);
  await world.open(`${at}/decision/${tail}`, world.DESK, async (page) => {
    await page.getByRole('radio', { name: choice }).check();
    if (reason) await page.getByLabel('给拟稿人的说明').fill(reason);
    await page.locator('form .actions button').first().click();
    await page.waitForURL(/\/decision\?done=/);
  });
}

async function toTheSignature(world, at) {
  await judge(world, world.who.reviewer, at, 'review', '审核通过');
  await judge(world, world.who.legal, at, 'legal', '审核通过');
  await judge(world, world.who.leader, at, 'sign', '签发');
  await be(world.context, world.server, world.who.officer);
}

async function posted(world, at) {
  await world.open(at, world.DESK, async (page) => {
    await page.getByRole('link', { name: /办理.*发出答复/ }).click();
    assert.ok(await page.getByLabel('邮政邮寄').isChecked()); // as the applicant wanted it
    await page.getByLabel('挂号或者EMS号码').fill('XA12345678911');
    await page.getByRole('button', { name: '登记发出' }).click();
    assert.match(await text(page), /已登记发出/);
    await page.getByRole('link', { name: '登记送达' }).click();
    await page.getByLabel('送达的凭据').fill('林禾本人签收');
    await page.getByRole('button', { name: '登记送达' }).click();
    assert.match(await gate(page), /已送达/);
  });
}

journey('a plain reply: chosen by its questions, reviewed, signed by another, posted, delivered', async (world) => {
  const { context, server, who, open, DESK, PHONE } = world;
  await be(context, server, who.officer);
  const at = await registered(world, '示例河上游水库除险加固图纸');
  await open(at, DESK, async (page) => {
    await page.getByRole('link', { name: /办理.*拟定答复/ }).click();
    assert.match(await text(page), /补不补[^]*是不是[^]*谁负责[^]*有没有[^]*给不给[^]*怎么给[^]*怎么答/);
    await page.getByRole('link', { name: '无法提供：信息不存在' }).click();
    assert.match(await text(page), /政府信息不存在告知书[^]*表三（四）1，自然人列，1件/);
    await page.getByRole('button', { name: '存稿' }).click(); // in any condition
    assert.match(await text(page), /送审以前还差1项/);
    await page.getByRole('link', { name: '拟定答复' }).first().click();
    await page.getByLabel('检索情况').fill('在档案室以“除险加固”检索2010年至今，没有检索到');
    await page.locator('form .actions button[value=on]').click();
    assert.match(await text(page), /已送审/);
    assert.match(await gate(page), /科室审核[^]*沈知/);
  });
  await open(`${at}/decision`, PHONE, async (page) => {
    assert.match(await text(page), /没有检索到/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
  await toTheSignature(world, at);
  await open(at, DESK, async (page) => assert.match(await text(page), /公复〔\d+〕\d+号/));
  await posted(world, at);
  await be(context, server);
});

journey('a refusal names the review first, and whoever drafted it can go no further with it', async (world) => {
  const { context, server, who, open, DESK } = world;
  await be(context, server, who.head); // officer and head in one: may draft, review and sign
  const at = await registered(world, '示例县水务局人事考核材料');
  await open(`${at}/decision/edit?outcome=internal`, DESK, async (page) => {
    await page.getByLabel('人事管理').check();
    await page.locator('#f-reason').fill('属于内部考核的材料，不涉及对外管理');
    await page.locator('form .actions button[value=on]').click();
    assert.match(await text(page), /对行政复议决定不服的/);
    assert.doesNotMatch(await page.locator('.prose').innerText(), /6个月/);
    await page.goto(`${server.origin}${at}/decision/review`);
    assert.match(await text(page), /要由另一个人办/);
    assert.equal(await page.locator('[name=verdict]').count(), 0);
  });
  await toTheSignature(world, at);
  await posted(world, at);
  await be(context, server);
});

journey('returned with a reason, mended, and the first draft stays to be read', async (world) => {
  const { context, server, who, open, DESK } = world;
  await be(context, server, who.officer);
  const at = await registered(world, '示例县2019年取水许可台账');
  const write = (words) => open(`${at}/decision/edit?outcome=not_existing`, DESK, async (page) => {
    await page.getByLabel('检索情况').fill(words);
    await page.locator('form .actions button[value=on]').click();
    assert.match(await text(page), /已送审/);
  });
  await write('没有检索到');
  await be(context, server, who.reviewer);
  await open(`${at}/decision/review`, DESK, async (page) => {
    await page.getByRole('radio', { name: '退回拟稿人' }).check();
    await page.locator('form .actions button').first().click();
    assert.match(await page.getByRole('alert').innerText(), /请写明退回的理由/);
    await page.getByLabel('给拟稿人的说明').fill('写清在哪里检索的、用什么关键词');
    await page.locator('form .actions button').first().click();
    assert.match(await text(page), /已退回/);
  });
  await be(context, server, who.officer);
  await open('/desk/notices', DESK, async (page) => assert.match(await text(page), /写清在哪里检索的/));
  await write('在办公系统以“取水许可”检索2018年至2020年，没有检索到');
  await open(`${at}/decision/drafts/1`, DESK, async (page) => {
    assert.match(await text(page), /检索情况\s+没有检索到/);
    assert.doesNotMatch(await text(page), /办公系统/);
  });
  await toTheSignature(world, at);
  await be(context, server);
});

journey('part of it is given: each piece with its ground and reason, and nothing signed before it is ready', async (world) => {
  const { context, server, who, open, DESK } = world;
  await be(context, server, who.officer);
  const at = await registered(world, '示例河护岸工程会商材料');
  await open(`${at}/decision/edit?outcome=partly`, DESK, async (page) => {
    await page.locator('#f-piece1_what').fill('护岸工程设计图');
    await page.locator('#f-piece1_answer').selectOption('given');
    await page.locator('#f-piece2_what').fill('会商记录');
    await page.locator('#f-piece2_answer').selectOption('withheld');
    await page.locator('form .actions button[value=on]').click();
    const alert = await page.getByRole('alert').innerText();
    assert.match(alert, /请选择不公开的依据/);
    assert.match(alert, /逐项说明理由/);
    assert.equal(await page.locator('#f-piece1_what').inputValue(), '护岸工程设计图');
    await page.locator('#f-piece2_ground').selectOption('process');
    await page.locator('#f-piece2_reason').fill('是形成决定以前的内部讨论');
    await page.locator('form .actions button[value=on]').click();
    assert.match(await text(page), /已送审/);
    assert.match(await page.locator('table').first().innerText(), /会商记录[^]*不公开[^]*第十六条第二款/);
  });
  await judge(world, who.reviewer, at, 'review', '审核通过');
  await judge(world, who.legal, at, 'legal', '审核通过');
  await be(context, server, who.leader);
  await open(`${at}/decision/sign`, DESK, async (page) => {
    await page.getByRole('radio', { name: '签发' }).check();
    await page.locator('form .actions button').first().click();
    assert.match(await page.getByRole('alert').innerText(), /还没有准备好/);
  });
  await be(context, server);
});
