// Fees, reviews and suits, corrections in a browser: a fee that is paid and one that is not, a refusal
// that is reviewed and taken to court and stands in table four.
import assert from 'node:assert/strict';

import * as check from './check.mjs';
import { be } from './desk.mjs';

export const moneyPages = [
  ['desk fees', '/desk/fees'],
  ['desk fees none', '/desk/fees?from=2020-01-01&to=2020-01-02'],
  ['desk fees account', '/desk/fees/account'],
  ['desk fee to be chosen', '/desk/requests/{waiting}/fee'],
  ['desk fee by item', '/desk/requests/{waiting}/fee?basis=item&provision=told'],
  ['desk fee by page', '/desk/requests/{waiting}/fee?basis=page&provision=paper&pages=250'],
  ['desk remedies', '/desk/remedies'],
  ['desk remedies none', '/desk/remedies?q=无此'],
  ['desk remedies new', '/desk/remedies/new?request={waiting}'],
  ['desk remedies settings', '/desk/remedies/settings'],
  ['desk figures remedies', '/desk/figures/remedies'],
  ['desk figure remedies none', '/desk/figures/remedies/cases?block=review&col=pending'],
  ['desk remedy', '/desk/remedies/{review}'],
  ['desk remedy step', '/desk/remedies/{review}/notified'],
  ['desk remedy result', '/desk/remedies/{review}/decided'],
  ['desk corrections', '/desk/corrections'],
  ['desk corrections new', '/desk/corrections/new'],
  ['desk correction', '/desk/corrections/{examined}'],
  ['desk correction told', '/desk/corrections/{corrected}'],
  ['desk correction examine', '/desk/corrections/{examined}/examine'],
  ['desk correction sent on', '/desk/corrections/{examined}/letters/record_transfer'],
];

export const moneyJourneys = [];
const journey = (name, body) => moneyJourneys.push([`money journey: ${name}`, body]);

const text = (page) => page.locator('main').innerText();

async function handedIn(page, server, title) {
  await page.goto(`${server.origin}/desk/requests/new`);
  await page.getByLabel('申请渠道').selectOption('in_person');
  await page.getByLabel('申请人类别').selectOption('natural');
  await page.getByLabel('姓名或者名称').fill('林禾');
  await page.getByLabel('证件号码').fill('000000199001010000');
  await page.getByLabel('联系电话').fill('0000-0000000');
  await page.getByLabel('信息名称').fill(title);
  await page.getByLabel('名称、文号或者便于查询的其他特征性描述').fill(`${title}，2025年`);
  await page.getByLabel('提供信息的形式').selectOption('paper');
  await page.getByLabel('获取信息的方式').selectOption('mail');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  return page.url().split('?')[0];
}

async function noticed(page, at, pages) {
  await page.goto(at);
  await page.getByRole('link', { name: '算一算，发收费通知' }).click();
  await page.getByRole('radio', { name: '按量' }).check();
  await page.getByLabel('怎样提供').selectOption('paper');
  await page.getByLabel('页数（按量的填）').fill(String(pages));
  await page.getByRole('button', { name: '计算' }).click();
}

journey('a fee is worked out, noticed with a letter, paid in two parts, and a new term begins', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    const at = await handedIn(page, server, '滨河路雨水管网竣工图');
    await noticed(page, at, 101);
    assert.match(await text(page), /第31至100页/);
    assert.match(await text(page), /720元/);
    await page.getByLabel('收费数额（元）').fill('800');
    await page.getByLabel('缴纳方式').fill('凭缴款码在示例县非税收入代收银行缴纳');
    await page.getByRole('button', { name: '发出收费通知' }).click();
    assert.match(await page.getByRole('alert').innerText(), /不能高于标准/);
    assert.equal(await page.getByLabel('缴纳方式').inputValue(), '凭缴款码在示例县非税收入代收银行缴纳');
    await page.getByLabel('收费数额（元）').fill('720');
    await page.getByRole('button', { name: '发出收费通知' }).click();
    assert.match(await text(page), /收费通知已发出/);
    assert.match(await page.locator('#fee').innerText(), /待缴费/);
    for (const [yuan, receipt, then] of [['700', 'A-1', /部分缴费/], ['20', 'A-2', /已缴清/]]) {
      await page.locator('#fee').getByRole('link', { name: '登记缴费' }).click();
      await page.getByLabel('金额（元）').fill(yuan);
      await page.getByLabel('财政票据号').fill(receipt);
      await page.getByLabel('缴费方式').selectOption('counter');
      await page.getByRole('button', { name: '登记缴费' }).click();
      assert.match(await page.locator('#fee').innerText(), then);
    }
    assert.match(await text(page), /还剩20个工作日/);
    await page.goto(`${server.origin}/desk/fees?state=paid`);
    assert.match(await text(page), /滨河路雨水管网竣工图/);
  });
});

journey('a fee that is not paid is lowered, and the notice taken back with a reason', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk', DESK, async (page) => {
    const at = await handedIn(page, server, '滨河路路灯竣工图');
    await noticed(page, at, 70);
    await page.getByLabel('缴纳方式').fill('凭缴款码缴纳');
    await page.getByRole('button', { name: '发出收费通知' }).click();
    await page.locator('#fee').getByRole('link', { name: '减收' }).click();
    await page.getByLabel('减收以后的数额（元）').fill('100');
    await page.getByLabel('减收的理由').fill('申请人生活困难');
    await page.getByRole('button', { name: '减收' }).click();
    assert.match(await page.locator('#fee').innerText(), /减收：申请人生活困难/);
    await page.locator('#fee').getByRole('link', { name: '撤销通知' }).click();
    await page.getByLabel('为什么撤销').fill('页数是另一件的');
    await page.getByRole('button', { name: '撤销通知' }).click();
    assert.match(await page.locator('#fee').innerText(), /收费通知已撤销：页数是另一件的/);
    assert.match(await text(page), /还剩20个工作日/);
  });
});

journey('silence is reviewed, then taken to court, and stands in table four with its door', async ({ context, server, who, open, DESK, PHONE }) => {
  await be(context, server, who.officer);
  let suit;
  await open('/desk/remedies/new', DESK, async (page) => {
    await page.getByLabel('种类').selectOption('review');
    await page.getByLabel('对什么不服').selectOption('inaction');
    await page.getByLabel('案由').fill('逾期不答复泵站运行记录');
    await page.getByLabel('复议申请人、原告').fill('林禾');
    await page.getByLabel('复议机关、法院').fill('示例县人民政府');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    for (const step of ['复议机关受理', '收到答复通知书', '提交复议答复书', '作出复议决定', '收到复议决定书']) {
      await page.getByRole('link', { name: step }).click();
      if (step === '作出复议决定') await page.getByLabel('结果').selectOption('dismissed');
      await page.getByRole('button', { name: '登记这一步' }).click();
      assert.match(await text(page), /已保存/);
    }
    assert.match(await text(page), /已审结/);
    await page.getByRole('link', { name: '登记复议后的诉讼' }).click();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    assert.match(await text(page), /行政诉讼（复议后起诉）/);
    suit = page.url().split('?')[0];
    await page.goto(`${server.origin}/desk/figures/remedies`);
    await page.locator('a[href*="block=suit_after&col=pending"]').click();
    assert.match(await text(page), /逾期不答复泵站运行记录/);
  });
  await open(new URL(suit).pathname, PHONE, async (page) => {
    await page.getByRole('link', { name: '作出判决、裁定' }).click();
    await page.getByLabel('结果').selectOption('perform');
    await page.getByRole('button', { name: '登记这一步' }).click();
    assert.match(await text(page), /待重新处理/);
    await page.getByRole('link', { name: '重新处理并答复' }).click();
    await page.getByLabel('重新处理的结果').selectOption('disclosed');
    await page.getByRole('button', { name: '登记这一步' }).click();
    assert.match(await text(page), /已审结/);
  });
});

journey('a record is corrected: filed, examined, told with a letter that is printed', async ({ context, server, who, open, DESK, PHONE }) => {
  await be(context, server, who.officer);
  let at;
  await open('/desk/corrections/new', DESK, async (page) => {
    await page.getByLabel('申请渠道').selectOption('in_person');
    await page.getByLabel('申请人类别').selectOption('natural');
    await page.getByLabel('姓名或者名称').fill('林禾');
    await page.getByLabel('证件号码').fill('000000199001010000');
    await page.getByLabel('联系电话').fill('0000-0000000');
    await page.getByLabel('哪一项记录').fill('取水许可登记的户名');
    await page.getByLabel('哪里不准确').fill('登记为林和');
    await page.getByLabel('证据').fill('户口簿');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    assert.match(await text(page), /查询码/);
    await check.axe(page);
    await check.fits(page);
    await page.getByRole('link', { name: '去办理' }).click();
    assert.match(await text(page), /没有规定办理期限/);
    await page.getByRole('link', { name: '登记审核的情况' }).click();
    await page.getByLabel('审核的情况').fill('与户口簿核对，属实');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    assert.match(await text(page), /已审核/);
    at = new URL(page.url()).pathname;
  });
  await be(context, server, who.head);
  await open(at, PHONE, async (page) => {
    await page.getByRole('link', { name: '予以更正', exact: true }).click();
    await page.getByLabel('更正了什么：原来怎样记录，更正以后怎样').fill('户名由林和改为林禾');
    await page.getByRole('button', { name: '预览文书' }).click();
    assert.match(await page.locator('.paper').innerText(), /本机关已予以更正：户名由林和改为林禾。/);
    await check.axe(page);
    await check.fits(page);
    await page.getByRole('button', { name: '办结' }).click();
    assert.match(await text(page), /政府信息更正告知书/);
    const [paper] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#letters').getByRole('link', { name: /^PDF/ }).first().click(),
    ]);
    assert.match(paper.suggestedFilename(), /更正告知书\.pdf$/);
  });
});

journey('whoever asked for a correction reads the letter on a telephone, by number and code', async ({ context, server, who, open, PHONE }) => {
  await be(context, server);
  await open('/rectify', PHONE, async (page) => {
    await page.locator('[name=number]').fill(who.corrected_number);
    await page.locator('[name=code]').fill(who.corrected_code);
    await page.getByRole('button', { name: '查询' }).click();
    assert.match(await text(page), /户名由林和改为林禾/);
    await check.axe(page);
    await check.fits(page);
    const [paper] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /下载/ }).click(),
    ]);
    assert.match(paper.suggestedFilename(), /更正告知书\.pdf$/);
  });
});
