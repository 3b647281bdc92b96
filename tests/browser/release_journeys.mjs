// Files for the applicant in a browser: added, marked by pointer, keyboard and numbers, blacked out,
// looked at and confirmed. SHOTS=DIR keeps pictures of the sheet.
import assert from 'node:assert/strict';
import { join } from 'node:path';

import * as check from './check.mjs';
import { be } from './desk.mjs';

export const releasePages = [
  ['desk release list', '/desk/requests/{releasing}/release'],
  ['desk release list empty', '/desk/requests/{waiting}/release'],
  ['desk release marked', '/desk/requests/{releasing}/release/{marked}'],
  ['desk release made', '/desk/requests/{releasing}/release/{made}'],
  ['desk release result', '/desk/requests/{releasing}/release/{made}?of=result'],
  ['desk release failed', '/desk/requests/{releasing}/release/{failed}'],
  ['desk release going', '/desk/requests/{releasing}/release/{going}'],
  ['desk release making', '/desk/requests/{releasing}/release/{going}/making'],
];

// One page, three lines of Helvetica; the reader mends the offsets.
const LINES = 'BT /F1 20 Tf 60 700 Td (Contract of the river works) Tj 0 -40 Td (signed by WILKINSON in spring) Tj 0 -40 Td (price 4100 a month) Tj ET';
const PDF = `%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>
endobj
4 0 obj
<< /Length ${LINES.length} >>
stream
${LINES}
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
trailer
<< /Size 6 /Root 1 0 R >>
%%EOF
`;

export const releaseJourneys = [];
const journey = (name, body) => releaseJourneys.push([`release journey: ${name}`, body]);
const text = (page) => page.locator('main').innerText();

async function add(page, name) {
  await page.getByLabel('要提供的文件').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(PDF) });
  await page.getByRole('button', { name: '添加' }).click();
  await page.waitForLoadState('load');
}

async function picture(page) {
  await page.waitForFunction(() => [...document.querySelectorAll('.sheet img')].every((i) => i.complete && i.naturalWidth > 100));
}

async function look(page, name, viewports) {
  for (const viewport of viewports) {
    await page.setViewportSize(viewport);
    await picture(page);
    await check.axe(page);
    await check.fits(page);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}-${viewport.width}.png`), fullPage: true });
  }
}

journey('an officer marks by pointer and keyboard, blacks out, looks and confirms', async ({ context, server, who, open, PHONE, DESK }) => {
  await be(context, server, who.admin);
  await open('/desk/requests/{waiting}/release', DESK, async (page) => {
    await add(page, '合同.pdf');
    await picture(page);
    const box = await page.locator('.sheet svg').boundingBox();
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.23);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.28, { steps: 5 });
    await page.mouse.up();
    assert.match(await page.locator('.drawn').innerText(), /左(9\.\d+|10(\.\d+)?)%/);
    await page.getByRole('button', { name: '加一个区域' }).click();
    const before = await page.locator('.drawn li').last().innerText();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    assert.notEqual(await page.locator('.drawn li').last().innerText(), before);
    await page.keyboard.press('Delete');
    assert.equal(await page.locator('.drawn li').count(), 1);
    await page.getByLabel('要遮盖的文字').fill('WILKINSON');
    await page.getByLabel('依据').selectOption('privacy');
    await look(page, 'release-marking', [PHONE, DESK]);
    await page.getByRole('button', { name: '保存标记' }).click();
    await page.waitForLoadState('load');
    assert.equal(await page.locator('.marks li').count(), 2);
    await page.getByRole('button', { name: '遮盖并检查' }).click();
    await page.waitForURL(/of=result/, { timeout: 60000 }); // by itself, once it is made
    assert.match(await text(page), /待确认/);
    assert.match(await text(page), /每处标记下面都是实心的黑块/);
    await look(page, 'release-made', [PHONE, DESK]);
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.waitForLoadState('load');
    assert.match(await text(page), /已遮盖/);
  });
  await be(context, server);
});

journey('without scripts an area is typed on a phone, and no redaction is said outright', async ({ context, server, who, open, PHONE }) => {
  await be(context, server, who.admin);
  await open('/desk/requests/{waiting}/release', PHONE, async (page) => {
    await page.route('**/*.js', (route) => route.abort());
    await page.reload();
    await add(page, '清单.pdf');
    await page.getByLabel('左（%）').fill('10');
    await page.getByLabel('上（%）').fill('20.5');
    await page.getByLabel('宽（%）').fill('30');
    await page.getByLabel('高（%）').fill('4');
    await page.getByLabel('依据').selectOption('internal');
    await page.getByRole('button', { name: '保存标记' }).click();
    await page.waitForLoadState('load');
    assert.match(await text(page), /第1页，左10%、上20\.5%、宽30%、高4%/);
    await page.getByRole('button', { name: '遮盖并检查' }).click();
    await page.waitForURL(/of=result/, { timeout: 60000 }); // the page came again by itself
    assert.match(await text(page), /待确认/);
    await page.getByRole('button', { name: /删去/ }).first().click();
    await page.waitForLoadState('load');
    await page.getByRole('button', { name: /无需遮盖，原样提供/ }).click();
    await page.waitForLoadState('load');
    assert.match(await text(page), /已写明无需遮盖/);
  });
  await be(context, server);
});
