// Signing in, the second factor, one's own account: on a phone, as people do it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

import * as check from './check.mjs';
import { be } from './desk.mjs';
import { get } from './server.mjs';

export const signInJourneys = [];

const PASSWORD = 'shi li xian 2026 gong kai'; // tests/flow/sign_in.h

// Begins and ends without a cookie.
function journey(name, body) {
  signInJourneys.push([`sign-in journey: ${name}`, async (at) => {
    await be(at.context, at.server);
    try {
      await body(at);
    } finally {
      await be(at.context, at.server);
    }
  }]);
}

// What an authenticator makes of the secret on the page (RFC 6238).
function code(secret, later = 0) {
  const bits = [...secret.replaceAll(' ', '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

async function signIn(page, login, password) {
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

const heading = (page) => page.locator('h1').innerText();
const done = (page) => page.locator('.toast').innerText();

journey('a second factor is set up from the text beside the QR code, and asked for the next time', async ({ open, PHONE }) => {
  await open('/desk/tasks', PHONE, async (page) => {
    assert.equal(await heading(page), '登录');
    await signIn(page, 'gao', 'not this one');
    assert.match(await page.getByRole('alert').innerText(), /用户名或者密码不对/);
    assert.equal(await page.getByLabel('用户名').inputValue(), 'gao');
    await check.axe(page);
    await signIn(page, 'gao', PASSWORD);
    assert.equal(await heading(page), '设置动态口令');
    assert.ok(await page.getByRole('img', { name: '用手机上的认证应用扫描' }).isVisible());
    await check.axe(page);
    await check.fits(page);
    const secret = await page.locator('.secret').innerText();
    await page.getByLabel('手机上显示的6位数字').fill('000000');
    await page.getByRole('button', { name: '确认' }).click();
    assert.match(await page.getByRole('alert').innerText(), /动态口令不对/);
    assert.equal(await page.locator('.secret').innerText(), secret);
    await page.getByLabel('手机上显示的6位数字').fill(code(secret));
    await page.getByRole('button', { name: '确认' }).click();
    assert.equal(await heading(page), '恢复码');
    assert.equal(await page.locator('.codes li').count(), 10);
    await check.axe(page);
    await check.fits(page);
    const recovery = await page.locator('.codes li').first().innerText();
    await page.getByRole('link', { name: '已经存好，继续' }).click();
    assert.match(page.url(), /\/desk\/tasks$/);

    await page.getByText('菜单').click();
    await page.getByRole('button', { name: '退出' }).click();
    await signIn(page, 'gao', PASSWORD);
    assert.equal(await heading(page), '动态口令');
    await check.axe(page);
    await check.fits(page);
    await page.getByLabel('手机上的6位数字').fill(code(secret, 1)); // the one before is used up
    await page.getByRole('button', { name: '继续' }).click();
    assert.match(page.url(), /\/desk$/);

    await page.getByText('菜单').click();
    await page.getByRole('button', { name: '退出' }).click();
    await signIn(page, 'gao', PASSWORD);
    await page.getByText('手机不在身边').click();
    await page.getByLabel('恢复码').fill(recovery);
    await page.getByRole('button', { name: '用恢复码登录' }).click();
    await page.getByText('菜单').click();
    await page.getByRole('link', { name: '账号' }).click();
    assert.match(await page.locator('main').innerText(), /还有9个恢复码/);
  });
});

journey('another session is ended, and the password changed', async ({ open, server, who, PHONE }) => {
  const elsewhere = { headers: { cookie: `gongkai=${who.elsewhere}` }, redirect: 'manual' };
  assert.equal((await get(`${server.origin}/desk/account`, elsewhere)).status, 200);
  await open('/desk/account', PHONE, async (page) => {
    await signIn(page, 'sun', PASSWORD);
    assert.equal(await heading(page), '账号');
    assert.equal(await page.locator('tbody tr').count(), 2);
    await check.axe(page);
    await check.fits(page);
    await page.getByRole('button', { name: /^结束.*其他浏览器/ }).click();
    assert.match(await done(page), /已结束那次登录/);
    assert.equal(await page.locator('tbody tr').count(), 1);
    assert.equal((await get(`${server.origin}/desk/account`, elsewhere)).status, 303);

    await page.getByRole('link', { name: '修改密码' }).click();
    await page.getByLabel('现在的密码').fill(PASSWORD);
    await page.getByLabel('新密码', { exact: true }).fill('Shuiwuju2026');
    await page.getByLabel('再输入一次新密码').fill('Shuiwuju2026');
    await page.getByRole('button', { name: '保存新密码' }).click();
    assert.match(await page.getByRole('alert').innerText(), /容易被猜到/);
    await check.axe(page);
    await page.getByLabel('现在的密码').fill(PASSWORD);
    await page.getByLabel('新密码', { exact: true }).fill('窗外三棵樱花树开得正好呢');
    await page.getByLabel('再输入一次新密码').fill('窗外三棵樱花树开得正好呢');
    await page.getByRole('button', { name: '保存新密码' }).click();
    assert.match(await done(page), /密码已修改/);
    await page.getByText('菜单').click();
    await page.getByRole('button', { name: '退出' }).click();
    await signIn(page, 'sun', '窗外三棵樱花树开得正好呢');
    assert.match(page.url(), /\/desk$/);
  });
});

journey('a form sent after the session had ended is sent after all', async ({ open, server, context, DESK }) => {
  await open('/desk/notices/settings', DESK, async (page) => {
    await signIn(page, 'sun', '窗外三棵樱花树开得正好呢');
    assert.match(await heading(page), /通知/);
    // ended from another browser of the same person
    const cookies = await context.cookies();
    await context.clearCookies();
    const other = await context.newPage();
    await other.goto(`${server.origin}/desk/account`);
    await signIn(other, 'sun', '窗外三棵樱花树开得正好呢');
    await other.getByRole('button', { name: '结束其他全部登录' }).click();
    await other.close();
    await context.clearCookies();
    await context.addCookies(cookies);

    await page.getByRole('button', { name: '保存' }).click();
    assert.equal(await heading(page), '登录');
    assert.match(await page.getByRole('status').innerText(), /内容还在/);
    await check.axe(page);
    await signIn(page, 'sun', '窗外三棵樱花树开得正好呢');
    assert.equal(await heading(page), '接着提交');
    await check.axe(page);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    assert.match(await done(page), /已保存/);
  });
});
