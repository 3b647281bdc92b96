// The archive, what became public, figures and the register in a browser, and the pages of the
// capability that stand in no other list.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

// What everybody may open; {published} is of desk_people.c.
export const archiveSitePages = [
  ['archive verify', '/archive/verify'],
  ['disclosures', '/disclosures'],
  ['disclosure', '/disclosures/{published}'],
];

export const archivePages = [
  ['desk archive', '/desk/archive'],
  ['desk archive due', '/desk/archive/due'],
  ['desk archive retention', '/desk/archive/retention'],
  ['desk archive retention set', '/desk/site/retention?kind=ordinary'],
  ['desk archive one', '/desk/requests/{disclosed}/archive'],
  ['desk archive reopen', '/desk/requests/{archived}/reopen'],
  ['desk archive request', '/desk/requests/{archived}'],
  ['desk request disclosed', '/desk/requests/{disclosed}'],
  ['desk publications', '/desk/publications'],
  ['desk publication to be published', '/desk/publications/{decided}'],
  ['desk publication published', '/desk/publications/{published}'],
  ['desk suggestion', '/desk/requests/{suggested}/suggestion'],
  ['desk request suggested', '/desk/requests/{suggested}'],
  ['desk publication decide', '/desk/requests/{disclosed}/publish'],
  ['desk board', '/desk/requests/board'],
  ['desk requests ended', '/desk/requests?tab=ended'],
  ['desk times', '/desk/figures/times'],
  ['desk times by handler', '/desk/figures/times?by=handler'],
  ['desk times none', '/desk/figures/times?from=2020-01-01&to=2020-01-02'],
  ['desk api keys', '/desk/api-keys'],
  ['desk api key new', '/desk/api-keys/new'],
];

export const archiveJourneys = [];
const journey = (name, body) => archiveJourneys.push([`archive journey: ${name}`, body]);

const text = (page) => page.locator('main').innerText();
const press = (page, name) => page.locator('main').getByRole('button', { name, exact: true }).click();

async function at({ context, server, who, open, DESK }, person, path, body) {
  await be(context, server, person && who[person]);
  return open(path, DESK, body);
}

const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);

async function comes(site, name, title) {
  return at(site, 'bureau_officer', '/desk/requests/new', async (page) => {
    await page.getByLabel('申请渠道').selectOption('in_person');
    await page.locator('[name=filed]').fill(today());
    await page.getByLabel('申请人类别').selectOption('natural');
    await page.getByLabel('姓名或者名称').fill(name);
    await page.getByLabel('证件号码').fill('000000199001010018');
    await page.locator('[name=phone]').fill('0000-0000000');
    await page.getByLabel('信息名称').fill(title);
    await page.locator('[name=description]').fill(`${title}，2025年`);
    await page.getByLabel('提供信息的形式').selectOption('electronic');
    await page.getByLabel('获取信息的方式').selectOption('platform');
    await press(page, '登记');
    const anyway = page.getByRole('button', { name: '看过了，仍然登记' });
    if (await anyway.count()) await anyway.click(); // somebody asked the same
    return new URL(page.url()).pathname;
  });
}

// Decided, reviewed by the others, signed and sent.
async function answers(site, path, outcome, choose) {
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
  await at(site, 'bureau_officer', `${path}/decision/send`, async (page) => {
    await page.getByLabel('平台下载').check();
    await press(page, '登记发出');
    await page.waitForURL((url) => url.pathname === `${path}/decision`);
  });
}

journey('a request that ended is put into the archive, proven by anybody, and cannot be changed', async (site) => {
  const path = await comes(site, '田新', '示例县农村公路养护台账');
  await at(site, 'bureau_officer', `${path}/register/withdrawn`, async (page) => {
    await press(page, '登记这一步');
    await page.waitForURL((url) => url.pathname === path);
  });
  const tar = await at(site, 'bureau_archivist', '/desk/archive', async (page) => {
    assert.match(await text(page), /示例县农村公路养护台账/);
    await press(page, '把选中的归档');
    assert.match(await text(page), /已归档/);
    assert.match(await text(page), /没有等待归档的申请/);
    await page.goto(`${site.server.origin}${path}`);
    assert.match(await text(page), /不能再改动/);
    const href = await page.getByRole('link', { name: '下载档案包' }).getAttribute('href');
    return (await page.request.get(site.server.origin + href)).body();
  });
  await at(site, null, '/archive/verify', async (page) => {
    const file = page.locator('main input[type=file]');
    await file.setInputFiles({ name: '档案包.tar', mimeType: 'application/x-tar', buffer: tar });
    await press(page, '核验');
    assert.match(await page.locator('main [role=status]').innerText(), /与归档时相同，签名有效/);
    const changed = Buffer.from(tar);
    changed[1024] ^= 1; // in the first file
    await page.goto(`${site.server.origin}/archive/verify`);
    await file.setInputFiles({ name: '档案包.tar', mimeType: 'application/x-tar', buffer: changed });
    await press(page, '核验');
    await page.getByRole('alert').first().waitFor();
  });
});

journey('what several asked for becomes public, is read by a citizen, and is withdrawn', async (site) => {
  const title = '示例县2025年粮食补贴发放清单';
  const path = await comes(site, '田新', title);
  await comes(site, '林禾', title);
  await at(site, 'bureau_officer', `${path}/release`, async (page) => {
    await page.locator('[name=words]').fill('到服务大厅三号窗口当场查阅。');
    await press(page, '保存');
  });
  await answers(site, path, 'disclosed', (page) => page.locator('[name=what]').fill('办事指南，到服务大厅三号窗口当场查阅'));
  const desk = await at(site, 'bureau_officer', path, async (page) => {
    await page.locator('main').getByRole('link', { name: '转为主动公开' }).click();
    assert.match(await text(page), /现在有2件/);
    await page.locator('main form button.btn').first().click();
    await page.locator('[name=summary]').fill('按乡镇列出补贴户数和金额。');
    await page.locator('[name=formed]').fill('2025-12-30');
    await press(page, '保存');
    assert.match(await text(page), /已保存/);
    assert.equal(await page.getByRole('button', { name: '发布' }).count(), 0); // another hand publishes
    return new URL(page.url()).pathname;
  });
  const shown = desk.replace('/desk/publications', '/disclosures');
  await at(site, 'bureau_leader', desk, async (page) => {
    await press(page, '发布');
    assert.match(await text(page), /已发布/);
  });
  await at(site, null, '/disclosures', async (page) => {
    await page.getByRole('link', { name: title }).click();
    assert.match(await text(page), /按乡镇列出补贴户数和金额/);
    assert.match(await text(page), /生成日期\s*2025年12月30日/);
    assert.match(await text(page), /来源\s*依申请公开转为主动公开/);
    assert.doesNotMatch(await text(page), /田新|林禾/);
  });
  await at(site, 'bureau_leader', desk, async (page) => {
    await page.locator('[name=summary]').fill('按乡镇列出补贴户数、亩数和金额。');
    await page.getByLabel('更正说明').fill('补上亩数一栏');
    await press(page, '更正');
    assert.match(await text(page), /更正以前的内容/);
  });
  await at(site, null, `/disclosures?q=${encodeURIComponent('亩数')}`, async (page) => {
    await page.getByRole('link', { name: title }).click();
    assert.match(await text(page), /更正记录[\s\S]*补上亩数一栏/);
    const feed = await page.request.get(new URL('/disclosures.atom', page.url()).href);
    assert.match(feed.headers()['content-type'], /application\/atom\+xml/);
    assert.match(await feed.text(), new RegExp(`<title>${title}</title>`));
  });
  await at(site, 'bureau_leader', desk, async (page) => {
    await page.getByLabel('为什么撤下').fill('金额有误，核对以后再发布');
    await press(page, '撤下');
    assert.match(await text(page), /已撤下/);
  });
  await at(site, null, shown, async (page, response) => {
    assert.equal(response.status(), 410);
    assert.match(await text(page), /金额有误，核对以后再发布/);
    assert.doesNotMatch(await text(page), /按乡镇列出/);
  });
});

journey('the register is exported as it is filtered', async (site) => {
  await comes(site, '田新', '示例县耕地地力评价报告');
  await at(site, 'bureau_officer', `/desk/requests?q=${encodeURIComponent('耕地地力')}`, async (page) => {
    assert.equal(await page.locator('main tbody tr').count(), 1);
    const [csv, xlsx] = await Promise.all(['导出CSV', '导出XLSX'].map(async (name) => {
      const href = await page.getByRole('link', { name }).getAttribute('href');
      return page.request.get(new URL(href, page.url()).href);
    }));
    const lines = (await csv.text()).trim().split(/\r?\n/);
    assert.equal(lines.length, 2); // its head and the one
    assert.match(lines[1], /示例县耕地地力评价报告/);
    assert.doesNotMatch(lines[1], /000000199001010018/);
    assert.equal((await xlsx.body()).subarray(0, 2).toString(), 'PK');
  });
});
