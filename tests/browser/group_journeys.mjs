// Many requests that are one in a browser: seen on the page of one, joined, counted in units, chosen on the
// list and done at once.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

// Of the groups that desk_people.c makes: {lead} and those that follow it, {follower} one of them; {wording} is
// asked {county} by several and in no group; {bulk} joined them and left one out.
export const groupPages = [
  ['desk groups', '/desk/groups'],
  ['desk group', '/desk/requests/{lead}/group'],
  ['desk group wording', '/desk/groups/{county}/{wording}'],
  ['desk group leading request', '/desk/requests/{lead}'],
  ['desk group following request', '/desk/requests/{follower}'],
  ['desk group join', '/desk/requests/{follower}/join'],
  ['desk group leave', '/desk/requests/{follower}/leave'],
  ['desk group units', '/desk/requests/{lead}/units'],
  ['desk group plan to confirm', '/desk/bulk/confirm?group={lead}'],
  ['desk group plan to assign', '/desk/bulk/assign?group={lead}'],
  ['desk group plan to join', '/desk/bulk/join?ids={lead},{follower}'],
  ['desk group plan to send', '/desk/bulk/send?group={lead}&way=mail'],
  ['desk group done', '/desk/bulk/{bulk}'],
];

export const groupJourneys = [];
const journey = (name, body) => groupJourneys.push([`group journey: ${name}`, body]);

const text = (page) => page.locator('main').innerText();

async function registered(page, server, title, name) {
  await page.goto(`${server.origin}/desk/requests/new`);
  await page.getByLabel('申请渠道').selectOption('internet');
  await page.getByLabel('申请人类别').selectOption('natural');
  await page.getByLabel('姓名或者名称').fill(name);
  await page.getByLabel('证件号码').fill(`0000001990${name}`);
  await page.getByLabel('联系电话').fill('0000-0000000');
  await page.getByLabel('信息名称').fill(title);
  await page.getByLabel('名称、文号或者便于查询的其他特征性描述').fill(`${title}，2025年`);
  await page.getByLabel('提供信息的形式').selectOption('electronic');
  await page.getByLabel('获取信息的方式').selectOption('mail');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  const anyway = page.getByRole('button', { name: '看过了，仍然登记' });
  if (await anyway.count()) {
    assert.match(await text(page), /还没有登记：请先看看这些申请/);
    await anyway.click();
  }
  return page.url().split('?')[0];
}

journey('several are extended at once by the head, each with its letter', async ({ context, server, who, open, DESK }) => {
  const titles = ['青山水库移民后期扶持方案', '白云隧道涌水量监测报告'];
  const paths = [];
  for (const title of titles) {
    await be(context, server, who.bureau_officer);
    await open('/desk', DESK, async (page) => {
      const path = await registered(page, server, title, '林禾');
      await page.goto(`${path}/register/confirmed`);
      await page.locator('main form button.btn').first().click();
      paths.push(path);
    });
  }
  await open('/desk/requests', DESK, async (page) => { // an officer is not offered it
    assert.equal(await page.getByRole('button', { name: '延期' }).count(), 0);
  });
  await be(context, server, who.bureau_head);
  await open('/desk/requests', DESK, async (page) => {
    for (const title of titles) await page.getByRole('row', { name: new RegExp(title) }).getByRole('checkbox').check();
    await page.getByRole('button', { name: '延期' }).click();
    await page.getByLabel('延长多少个工作日').fill('15');
    await page.getByLabel('延期的理由').fill('需要向乡镇调取的档案较多');
    await page.getByRole('button', { name: '试算' }).click();
    assert.match(await text(page), /2件都可以办/);
    await page.getByRole('button', { name: '确认，办理这2件' }).click();
    assert.match(await text(page), /办完了：2件/);
    await page.goto(paths[0]);
    assert.match(await text(page), /政府信息公开延期答复告知书/);
    assert.match(await text(page), /延长答复期限/);
  });
});

journey('what was asked before is seen, joined, and taken out again', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    const first = await registered(page, server, '城南水库除险加固设计', '林禾');
    const code = await page.locator('header p.small').first().innerText();
    await registered(page, server, '城南水库除险加固设计', '何田');
    assert.match(await text(page), /共2件申请文字相同/);
    await page.getByRole('link', { name: /^并入/ }).click();
    await page.getByRole('button', { name: '并入' }).click();
    assert.match(await text(page), /并入主件/);
    await page.goto(`${first}/group`);
    assert.match(await text(page), /并入1件/);
    await page.getByRole('link', { name: /^解除/ }).click();
    await page.getByLabel('为什么解除并案').fill('要的是另一年度的');
    await page.getByRole('button', { name: '解除' }).click();
    assert.doesNotMatch(await text(page), /并入主件/);
    assert.ok(code.length > 5);
  });
});

journey('several are confirmed from the list without scripts, after a look', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    await page.route('**/*.js', (route) => route.abort());
    const one = await registered(page, server, '城北泵站值班记录', '甲');
    await registered(page, server, '城北泵站值班记录', '乙');
    await page.goto(`${server.origin}/desk/requests?tab=all&q=${encodeURIComponent('城北泵站')}`);
    for (const box of await page.getByRole('checkbox', { name: /^选择/ }).all()) await box.check();
    await page.getByRole('button', { name: '确认收到' }).click();
    assert.match(await text(page), /2件都可以办/);
    await page.getByRole('button', { name: '确认，办理这2件' }).click();
    assert.match(await text(page), /办完了：2件/);
    await page.goto(one);
    assert.match(await text(page), /办理中/);
    await page.goto(`${server.origin}/desk/requests?tab=all&q=${encodeURIComponent('城北泵站')}`);
    await page.getByRole('checkbox', { name: /^选择/ }).first().check();
    await page.getByRole('button', { name: '确认收到' }).click();
    assert.match(await text(page), /不办：/);
  });
});

journey('a request with several matters is counted as several', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    const at = await registered(page, server, '2025年水利资金预算、决算', '林禾');
    await page.goto(`${at}/units`);
    await page.getByLabel('事项，每行一项').fill('预算\n决算\n决算');
    await page.getByLabel('为什么这样计件').fill('两项内容');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    assert.match(await page.getByRole('alert').innerText(), /第2项和第3项相同/);
    await page.getByLabel('事项，每行一项').fill('1. 预算\n2. 决算');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    assert.match(await text(page), /按2件统计和计费/);
  });
});
