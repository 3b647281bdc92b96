// People and posts in a browser: the pages, and what an administrator comes to do there.
import assert from 'node:assert/strict';
import { be } from './desk.mjs';

export const peoplePages = [
  ['people list', '/desk/people'],
  ['people list filtered', '/desk/people?q=zhou&role=officer'],
  ['people list none', '/desk/people?q=无此人'],
  ['people list closed', '/desk/people?closed=1'],
  ['people one', '/desk/people/1'],
  ['people new', '/desk/people/new'],
  ['people edit', '/desk/people/1/edit'],
  ['people post', '/desk/people/1/posts'],
  ['people close', '/desk/people/1/close'],
  ['people reset', '/desk/people/1/reset'],
  ['people hand over', '/desk/people/1/hand-over'],
  ['people substitution', '/desk/people/1/substitution'],
  ['people substitution of mine', '/desk/substitution'],
  ['people roles', '/desk/roles'],
];

export const peopleJourneys = [];
const journey = (name, as, body) =>
  peopleJourneys.push([`people: ${name}`, async (all) => {
    await be(all.context, all.server, all.who[as]);
    await body(all);
    await be(all.context, all.server);
  }]);
const text = (page) => page.locator('main').innerText();

journey('an account is opened, given a post, and closed', 'admin', async ({ open, server, DESK }) => {
  await open('/desk/people/new', DESK, async (page) => {
    await page.getByLabel('登录名').fill('浏览器');
    await page.getByLabel('姓名').fill('赵新');
    await page.getByRole('button', { name: '开设账号' }).click();
    assert.match(await text(page), /登录名只用字母、数字/);
    assert.equal(await page.getByLabel('姓名').inputValue(), '赵新');
    await page.getByLabel('登录名').fill('Zhao.Xin');
    await page.getByRole('button', { name: '开设账号' }).click();
    assert.match(await text(page), /只显示这一次/);
    assert.match(await text(page), /zhao\.xin/);
    assert.match(await text(page), /[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}/);
    await page.getByRole('link', { name: '查看这个人员' }).click();
    const address = page.url();
    await page.getByRole('link', { name: '授予岗位' }).click();
    await page.getByLabel('公开机构经办人').check();
    await page.getByRole('button', { name: '授予', exact: true }).click();
    assert.match(await text(page), /岗位已授予/);
    await page.getByRole('link', { name: '授予岗位' }).click();
    await page.getByLabel('保密审查员').check();
    await page.getByRole('button', { name: '授予', exact: true }).click();
    assert.match(await text(page), /保密审查是公开前的另一道关/);
    await page.getByLabel('我已知道以上提示').check();
    await page.getByRole('button', { name: '授予', exact: true }).click();
    assert.match(await text(page), /岗位已授予/);
    await page.getByRole('link', { name: '停用', exact: true }).click();
    await page.getByLabel('停用原因').fill('调离');
    await page.getByRole('button', { name: '停用账号' }).click();
    assert.match(await text(page), /账号已停用/);
    assert.match(await text(page), /曾任岗位2个/);
    await page.goto(`${server.origin}/desk/people?q=zhao.xin`);
    assert.match(await text(page), /没有符合条件的人员/);
    await page.getByRole('link', { name: '已停用' }).click();
    assert.match(await text(page), /赵新/);
    await page.goto(address);
    await page.getByRole('link', { name: '重新启用' }).click();
    await page.getByRole('button', { name: '重新启用' }).click();
    assert.match(await text(page), /账号已重新启用/);
  });
});

journey('a colleague stands in, and it is ended again', 'head', async ({ open, DESK }) => {
  await open('/desk/substitution', DESK, async (page) => {
    await page.getByLabel('代行人').selectOption({ label: '周衡（示例县水务局）' });
    const day = await page.getByLabel('从哪天起').inputValue();
    await page.getByLabel('到哪天止').fill(day);
    await page.getByLabel('原因').fill('出差');
    await page.getByRole('button', { name: '设置代行' }).click();
    assert.match(await text(page), /代行已设置/);
    assert.match(await text(page), /由周衡代行/);
    await page.getByRole('button', { name: '结束代行' }).click();
    assert.match(await text(page), /代行已结束/);
    assert.doesNotMatch(await text(page), /由周衡代行/);
  });
});

journey('whoever has no say over people sees them and cannot change them', 'officer', async ({ open, server, DESK }) => {
  await open('/desk/people', DESK, async (page) => {
    assert.match(await text(page), /许文/);
    assert.doesNotMatch(await text(page), /陈岚/); // of the office above
    assert.equal(await page.getByRole('link', { name: '开设账号' }).count(), 0);
    const reply = await page.goto(`${server.origin}/desk/people/3`);
    assert.equal(reply.status(), 404);
    const refused = await page.goto(`${server.origin}/desk/people/new`);
    assert.equal(refused.status(), 403);
  });
});
