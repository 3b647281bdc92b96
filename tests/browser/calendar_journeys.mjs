// The calendar and the settings in a browser: what everybody sees, and how the administrator changes
// them after a look at which requests move.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

export const calendarPages = [
  ['desk calendar', '/desk/calendar?year=2026'],
  ['desk calendar provisional', '/desk/calendar?year=2031'],
  ['desk calendar new', '/desk/calendar/new'],
  ['desk calendar notice', '/desk/calendar/{holiday}'],
  ['desk calendar notice to withdraw', '/desk/calendar/{holiday}/withdraw'],
  ['desk clock settings', '/desk/clock'],
  ['desk clock edit', '/desk/clock/edit'],
  ['desk forecast', '/desk/forecast'],
];

export const calendarJourneys = [];
const journey = (name, body) => calendarJourneys.push([`calendar journey: ${name}`, body]);

const text = (page) => page.locator('main').innerText();

// Days ahead of today that work from Monday to Friday, so that some of them lie in open terms.
function weekday(ahead) {
  const d = new Date(Date.now() + 8 * 3600e3 + ahead * 86400e3);
  while (d.getUTCDay() === 0 || d.getUTCDay() === 6) d.setUTCDate(d.getUTCDate() + 1);
  return d.toISOString().slice(0, 10);
}

async function fill(page, day, number) {
  await page.getByLabel('年份', { exact: true }).fill(day.slice(0, 4));
  await page.getByLabel('地方').check();
  await page.getByLabel('文号').fill(number);
  await page.getByRole('textbox', { name: '安排' }).fill(`${day} 放假 县庆`);
}

async function look(page) {
  await page.getByRole('button', { name: '看看哪些申请会变' }).click();
}

journey('a holiday of the region is looked at, goes in, and is withdrawn', async ({ context, server, who, open, PHONE, DESK }) => {
  await be(context, server, who.admin);
  for (const viewport of [PHONE, DESK]) {
    await open('/desk/calendar/new', viewport, async (page) => {
      const day = weekday(viewport === PHONE ? 8 : 12), number = `示政办〔2026〕${viewport.width}号`;
      await fill(page, day, number);
      await look(page);
      assert.match(await text(page), /在办的\d+件申请里，\d+件日期有变/);
      await page.getByRole('button', { name: '返回修改' }).click();
      assert.match(await page.getByRole('textbox', { name: '安排' }).inputValue(), /县庆/);
      await look(page);
      await page.getByRole('button', { name: '确认，重新计算' }).click();
      assert.match(await page.locator('body').innerText(), /已生效/);
      await page.getByRole('link', { name: number }).click();
      assert.match(await text(page), /县庆：.*放假/);
      await page.getByRole('link', { name: '撤回' }).click();
      await page.getByLabel('撤回的理由').fill('试用');
      await look(page);
      await page.getByRole('button', { name: '确认，重新计算' }).click();
      assert.match(await text(page), /已撤回/);
    });
  }
});

journey('a pasted sentence that says nothing of days comes back with what was typed', async ({ context, server, who, open, PHONE }) => {
  await be(context, server, who.admin);
  await open('/desk/calendar/new', PHONE, async (page) => {
    await fill(page, weekday(8), '甲');
    await page.getByRole('textbox', { name: '安排' }).fill('县庆放假一天');
    await look(page);
    assert.match(await text(page), /看不懂/);
    assert.equal(await page.getByRole('textbox', { name: '安排' }).inputValue(), '县庆放假一天');
  });
});

journey('an officer sees the calendar and the forecast and changes neither', async ({ context, server, who, open, DESK }) => {
  await be(context, server, who.officer);
  await open('/desk/calendar?year=2026', DESK, async (page) => {
    assert.equal(await page.getByRole('link', { name: '录入放假安排' }).count(), 0);
    assert.equal(await page.locator('table.month').count(), 12);
    assert.match(await page.locator('td.work').first().innerText(), /班/);
    await page.getByRole('link', { name: '到期预测' }).first().click();
    assert.match(await text(page), /今天和以后五个工作日内/);
  });
});
