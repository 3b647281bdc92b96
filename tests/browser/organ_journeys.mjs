// Organs in the desk, in a real browser: a rename, a merger and an import, each looked at before it is done.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

export const organPages = [
  ['desk organs', '/desk/organs'],
  ['desk organs found', '/desk/organs?q=水利局&ended=1'],
  ['desk organs none', '/desk/organs?q=没有的机关'],
  ['desk organ', '/desk/organs/7'],
  ['desk organ ended', '/desk/organs/9'],
  ['desk organ edit', '/desk/organs/7/edit'],
  ['desk organ new', '/desk/organs/new'],
  ['desk organ rename', '/desk/organs/7/rename'],
  ['desk organ merge', '/desk/organs/7/merge'],
  ['desk organ split', '/desk/organs/7/split'],
  ['desk organ abolish', '/desk/organs/7/abolish'],
  ['desk organ move', '/desk/organs/7/move'],
  ['desk organ lines', '/desk/organs/14/lines'],
  ['desk organs import', '/desk/organs/import'],
  ['desk site', '/desk/site'],
];

export const organJourneys = [];

function journey(name, body) {
  organJourneys.push([`organ journey: ${name}`, async (at) => {
    await be(at.context, at.server, at.who.admin);
    try {
      await body(at);
    } finally {
      await be(at.context, at.server);
    }
  }]);
}

async function withoutScripts(page) {
  await page.route('**/*.js', (route) => route.abort());
  await page.reload();
}

async function said(page, on, basis) {
  await page.getByLabel('生效日期').fill(on);
  await page.getByLabel('依据').fill(basis);
}

journey('a bureau is renamed, and found under both names', async ({ open, DESK }) => {
  await open('/desk/organs?q=财政局', DESK, async (page) => {
    await page.getByRole('link', { name: '示例市财政局' }).click();
    await page.getByRole('link', { name: '更名' }).click();
    await page.getByLabel('新名称').fill('示例市财政和国资局');
    await page.getByLabel('网址中的名字').fill('caizheng-guozi');
    await said(page, '2026-03-01', '');
    await page.getByRole('button', { name: '看会发生什么' }).click();
    if (await page.getByLabel('依据').evaluate((e) => !e.validity.valid)) await page.getByLabel('依据').fill('示编〔2026〕1号');
    await page.getByRole('button', { name: '看会发生什么' }).click();
    assert.match(await page.locator('main').innerText(), /旧网址自动转到新网址/);
    await page.getByRole('button', { name: '返回修改' }).click();
    assert.equal(await page.getByLabel('新名称').inputValue(), '示例市财政和国资局');
    await page.getByRole('button', { name: '看会发生什么' }).click();
    await page.getByRole('button', { name: '确认更名' }).click();
    assert.match(await page.locator('h1').innerText(), /示例市财政和国资局/);
    assert.match(await page.locator('.timeline').innerText(), /示例市财政局改为示例市财政和国资局/);
    await page.goto(new URL('/desk/organs?q=财政局', page.url()).href);
    assert.match(await page.locator('.organs').innerText(), /按“示例市财政局”找到/);
    await page.goto(new URL('/organs/caizheng', page.url()).href);
    assert.match(page.url(), /\/organs\/caizheng-guozi$/);
    assert.match(await page.locator('main').innerText(), /原名：示例市财政局/);
  });
});

journey('a bureau is merged into another on a phone without scripts', async ({ open, PHONE }) => {
  await open('/desk/organs?q=住房和城乡建设局', PHONE, async (page) => {
    await withoutScripts(page);
    await page.getByRole('link', { name: '示例县住房和城乡建设局' }).click();
    await page.getByRole('link', { name: '并入' }).click();
    await page.getByLabel('并入哪个机关').selectOption({ label: '　　示例县水利局' });
    await said(page, '2026-03-01', '示编〔2026〕2号');
    await page.getByRole('button', { name: '看会发生什么' }).click();
    assert.match(await page.locator('main').innerText(), /监督关系由示例县水利局接续/);
    assert.match(await page.locator('main').innerText(), /承继它的职责/);
    await page.getByRole('button', { name: '确认并入' }).click();
    assert.match(await page.locator('h1').innerText(), /已合并/);
    await page.getByRole('link', { name: '示例县水利局' }).first().click();
    assert.match(await page.locator('main').innerText(), /承继了下列机关的职责/);
  });
});

const file = (text) => ({ name: '机关.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

journey('a file of organs is planned, mended and imported', async ({ open, DESK }) => {
  await open('/desk/organs/import', DESK, async (page) => {
    await page.getByLabel('CSV文件').setInputFiles(file('机关名称,上级机关\n示例市审计局,示例省人民政府\n'));
    await page.getByRole('button', { name: '先看会发生什么' }).click();
    assert.match(await page.locator('table').innerText(), /没有这个上级机关/);
    assert.equal(await page.getByRole('button', { name: '确认导入' }).count(), 0);
    await page.getByLabel('CSV文件').setInputFiles(file('机关名称,上级机关,联系电话\n示例市审计局,示例市人民政府,0000-1000009\n示例市教育局,,0000-1000010\n'));
    await page.getByRole('button', { name: '先看会发生什么' }).click();
    assert.match(await page.locator('main').innerText(), /新增1个，修改1个/);
    await page.getByLabel('依据').fill('示编〔2026〕3号');
    await page.getByRole('button', { name: '确认导入' }).click();
    assert.match(await page.locator('.toast').innerText(), /已全部导入/);
    await page.goto(new URL('/desk/organs?q=审计局', page.url()).href);
    assert.match(await page.locator('.organs').innerText(), /示例市审计局/);
  });
});

journey('the site gets a colour that can be read, and shows it', async ({ open, DESK }) => {
  await open('/desk/site', DESK, async (page) => {
    await page.getByLabel('主色').fill('#ffee00');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    assert.match(await page.locator('.errsum').innerText(), /看不清/);
    await page.getByLabel('主色').fill('#0b5d3b');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    assert.match(await page.locator('.toast').innerText(), /已保存/);
    const colour = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim());
    assert.equal(colour, '#0b5d3b');
    await page.getByLabel('主色').fill('');
    await page.getByRole('button', { name: '保存', exact: true }).click();
  });
});
