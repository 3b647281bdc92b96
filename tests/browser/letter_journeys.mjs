// Letters in a browser: a step with its letter, looked at before it goes out, printed, made void; and
// the wording of the site.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

// Of the request that waits for a third party (tests/flow/desk_people.c), which has {letter}, a receipt.
export const letterPages = [
  ['desk letters', '/desk/letters'],
  ['desk letters none', '/desk/letters?q=无此'],
  ['desk letter', '/desk/letters/{letter}'],
  ['desk letter void form', '/desk/letters/{letter}/void'],
  ['desk letter new', '/desk/requests/{waiting}/letters/consulting'],
  ['desk step with its letter', '/desk/requests/{waiting}/handle/reasons_asked'],
  ['desk request with letters', '/desk/requests/{waiting}'],
  ['desk letter templates', '/desk/letters/templates'],
  ['desk letter template', '/desk/letters/templates/reply_partly'],
  ['desk letter settings', '/desk/letters/settings/1'],
];

export const letterJourneys = [];
const journey = (name, body) => letterJourneys.push([`letter journey: ${name}`, body]);

const text = (page) => page.locator('main').innerText();

async function registered(page, server, title) {
  await page.goto(`${server.origin}/desk/requests/new`);
  await page.getByLabel('申请渠道').selectOption('in_person');
  await page.getByLabel('申请人类别').selectOption('natural');
  await page.getByLabel('姓名或者名称').fill('林禾');
  await page.getByLabel('证件号码').fill('000000199001010000');
  await page.getByLabel('联系电话').fill('0000-0000000');
  await page.getByLabel('通信地址').fill('示例县城关镇和平路9号');
  await page.getByLabel('信息名称').fill(title);
  await page.getByLabel('名称、文号或者便于查询的其他特征性描述').fill(`${title}，2025年`);
  await page.getByLabel('提供信息的形式').selectOption('paper');
  await page.getByLabel('获取信息的方式').selectOption('mail');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  return page.url().split('?')[0];
}

journey('a correction is asked: looked at, filled in, numbered with the step, printed', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    const at = await registered(page, server, '城西排涝泵站验收文件');
    await page.goto(`${at}/handle/correction_asked`);
    assert.match(await page.getByLabel('文书正文').inputValue(), /请填写：补正事项/);
    await page.getByRole('button', { name: '登记这一步' }).click();
    assert.match(await text(page), /还没有填写“补正事项”/);
    const letter = await page.getByLabel('文书正文').inputValue();
    await page.getByLabel('文书正文').fill(letter.replace('【请填写：补正事项】', '请写明泵站的名称和验收的年份。'));
    await page.getByRole('button', { name: '预览文书' }).click();
    assert.match(await page.locator('.paper').innerText(), /请写明泵站的名称和验收的年份。/);
    await page.getByRole('button', { name: '登记这一步' }).click();
    assert.match(await text(page), /政府信息公开申请补正告知书/);
    assert.match(await text(page), /等申请人补正/);
    await page.getByRole('link', { name: '政府信息公开申请补正告知书' }).click();
    assert.match(await page.locator('.paper').innerText(), /公复〔\d{4}〕\d+号/);
    const href = await page.getByRole('link', { name: 'PDF', exact: true }).getAttribute('href');
    const pdf = await page.request.get(server.origin + href);
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
  });
  await be(context, server);
});

journey('more days in the form are more days in the letter made anew', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    const at = await registered(page, server, '城西泵站运行记录');
    await page.goto(`${at}/handle/correction_asked`);
    await page.getByLabel('工作日').fill('15');
    const before = await page.getByLabel('文书正文').inputValue();
    await page.getByRole('button', { name: '按上面的填写重新生成文书' }).click();
    assert.notEqual(await page.getByLabel('文书正文').inputValue(), before);
    assert.equal(await page.getByLabel('工作日').inputValue(), '15');
  });
  await be(context, server);
});

journey('a letter is made void with a reason and keeps its number', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    const at = await registered(page, server, '城西泵站图纸');
    await page.goto(`${at}/letters/receipt`);
    await page.getByRole('button', { name: '出具并编号' }).click();
    const number = (await page.locator('.paper-no').innerText()).trim();
    await page.getByRole('link', { name: '作废' }).click();
    await page.getByLabel('为什么作废').fill('收到日期写错');
    await page.getByRole('button', { name: '作废' }).click();
    assert.match(await text(page), /收到日期写错/);
    assert.match(await text(page), new RegExp(number));
    assert.equal(await page.getByRole('link', { name: '作废', exact: true }).count(), 0);
  });
  await be(context, server);
});

journey('chosen letters come as one file', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    await page.goto(`${server.origin}/desk/letters`);
    await page.getByRole('checkbox').first().check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '文书合成一个PDF' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), '文书.pdf');
  });
  await be(context, server);
});

journey('the wording is changed, seen before it is kept, and taken back', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.admin);
  await open('/desk', DESK, async (page) => {
    await page.goto(`${server.origin}/desk/letters/templates/consulting`);
    const usual = await page.getByLabel('正文模板').inputValue();
    await page.getByLabel('正文模板').fill(`${usual}\n感谢{称谓}的理解。`);
    await page.getByRole('button', { name: '预览' }).click();
    assert.match(await page.locator('.paper').innerText(), /感谢您的理解。/);
    await page.getByRole('button', { name: '保存模板' }).click();
    assert.match(await text(page), /本站第1版/);
    await page.goto(`${server.origin}/desk/letters/templates/consulting`);
    await page.getByLabel('正文模板').fill('{收到日期}');
    await page.getByRole('button', { name: '保存模板' }).click();
    assert.match(await text(page), /模板里缺少“\{信息名称\}”/);
    await page.getByLabel('正文模板').fill('');
    await page.getByRole('button', { name: '保存模板' }).click();
    assert.doesNotMatch(await text(page), /本站第/);
  });
  await be(context, server);
});
