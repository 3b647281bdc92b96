// What officers come to do at the desk, with and without scripts, by keyboard and on a phone.
import assert from 'node:assert/strict';

import { be } from './desk.mjs';

export const deskJourneys = [];

// Signed in as one of desk.mjs's people, and signed out again.
function journey(name, whom, body) {
  deskJourneys.push([`desk journey: ${name}`, async (at) => {
    await be(at.context, at.server, at.who[whom]);
    try {
      await body(at);
    } finally {
      await be(at.context, at.server);
    }
  }]);
}

// The pages hold no script of their own: without the files nothing runs.
async function withoutScripts(page) {
  await page.route('**/*.js', (route) => route.abort());
  await page.reload();
}

const done = (page) => page.locator('.toast').innerText();

journey('a task is found on the first page, taken and given back', 'officer', async ({ open, DESK }) => {
  await open('/desk', DESK, async (page) => {
    await page.getByRole('link', { name: '补齐机关信息：示例县水务局' }).click();
    assert.match(await page.locator('h1').innerText(), /补齐机关信息/);
    await page.getByRole('button', { name: '接手' }).click();
    assert.match(await done(page), /已接手/);
    assert.match(await page.locator('.facts').innerText(), /周衡/);
    await page.getByRole('button', { name: '退回岗位' }).click();
    assert.match(await done(page), /已退回岗位/);
  });
});

journey('the same on a phone without scripts', 'officer', async ({ open, PHONE }) => {
  await open('/desk', PHONE, async (page) => {
    await withoutScripts(page);
    assert.equal(await page.getByRole('navigation', { name: '工作台导航' }).isVisible(), false);
    await page.getByText('菜单').click();
    await page.getByRole('navigation', { name: '工作台导航' }).getByRole('link', { name: '我的工作' }).click();
    await page.getByRole('link', { name: '补齐机关信息：示例县水务局' }).click();
    await page.getByRole('button', { name: '接手' }).click();
    assert.match(await done(page), /已接手/);
    await page.getByRole('button', { name: '退回岗位' }).click();
    assert.match(await done(page), /已退回岗位/);
  });
});

journey('a button pressed twice does a thing once', 'officer', async ({ open, DESK }) => {
  await open('/desk', DESK, async (page) => {
    await page.getByRole('link', { name: '补齐机关信息：示例县水务局' }).click();
    let sent = 0;
    page.on('request', (request) => (sent += request.method() === 'POST'));
    await page.getByRole('button', { name: '接手' }).dblclick();
    await page.locator('.toast').waitFor();
    assert.equal(sent, 1);
    await page.getByRole('button', { name: '退回岗位' }).click();
  });
});

journey('a list is gone through by keyboard alone', 'admin', async ({ open, DESK }) => {
  await open('/desk/tasks', DESK, async (page) => {
    const rows = page.locator('[data-keys] > tr');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    assert.equal(await rows.nth(1).locator('a').evaluate((link) => link === document.activeElement), true);
    await page.keyboard.press('k');
    assert.equal(await rows.nth(0).evaluate((row) => row.classList.contains('at')), true);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: '快捷键' });
    assert.match(await help.innerText(), /下一行/);
    await page.keyboard.press('Escape');
    assert.equal(await help.isVisible(), false);
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
    await page.keyboard.type('j水务');
    assert.equal(await page.locator('#find').inputValue(), 'j水务');
    await page.goBack().catch(() => {});
  });
});

journey('rows are selected with X and taken together', 'officer', async ({ open, DESK }) => {
  await open('/desk/tasks', DESK, async (page) => {
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    assert.equal(await page.getByRole('checkbox').first().isChecked(), true);
    await page.getByRole('button', { name: '接手所选' }).click();
    assert.match(await done(page), /已接手所选的待办/);
    await page.getByRole('link', { name: '补齐机关信息：示例县水务局' }).click();
    await page.getByRole('button', { name: '退回岗位' }).click();
  });
});

journey('Enter opens the row that J led to', 'admin', async ({ open, DESK }) => {
  await open('/desk/tasks', DESK, async (page) => {
    await page.keyboard.press('j');
    const href = await page.evaluate(() => document.activeElement.getAttribute('href'));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${href}`);
  });
});

journey('what is typed is saved by itself and offered again, until it is thrown away', 'admin', async ({ open, DESK }) => {
  await open('/desk/people/new', DESK, async (page) => {
    await page.locator('#f-name').fill('新来的人');
    await page.getByText(/已自动保存 \d\d:\d\d/).waitFor();
    await page.reload();
    assert.equal(await page.locator('#f-name').inputValue(), '新来的人');
    assert.match(await page.locator('main').innerText(), /已填入您今天\d\d:\d\d存的草稿/);
    await page.getByRole('button', { name: '丢掉草稿，重新填' }).click();
    assert.equal(await page.locator('#f-name').inputValue(), '');
  });
});

journey('a draft is saved without scripts, and nobody else is offered it', 'admin', async ({ context, server, who, open, DESK }) => {
  await open('/desk/people/new', DESK, async (page) => {
    await withoutScripts(page);
    await page.locator('#f-name').fill('草稿里的人');
    await page.getByRole('button', { name: '保存草稿' }).click();
    assert.equal(await page.locator('#f-name').inputValue(), '草稿里的人');
    await be(context, server, who.second);
    await page.goto(`${server.origin}/desk/people/new`);
    assert.equal(await page.locator('#f-name').inputValue(), '');
    await be(context, server, who.admin);
    await page.goto(`${server.origin}/desk/people/new`);
    await page.getByRole('button', { name: '丢掉草稿，重新填' }).click();
    assert.equal(await page.locator('#f-name').inputValue(), '');
  });
});

journey('leaving a form that was changed is asked about, one that was not is left', 'admin', async ({ open, server, DESK }) => {
  await open('/desk/people/new', DESK, async (page) => {
    let asked = 0;
    page.on('dialog', (dialog) => ((asked += 1), dialog.accept()));
    await page.goto(`${server.origin}/desk`);
    assert.equal(asked, 0);
    await page.goto(`${server.origin}/desk/people/new`);
    await page.locator('#f-name').pressSequentially('王');
    await page.goto(`${server.origin}/desk`);
    assert.equal(asked, 1);
  });
});

journey('what is typed while the session ends stays in the tab', 'admin', async ({ context, server, who, open, DESK }) => {
  await open('/desk/people/new', DESK, async (page) => {
    await be(context, server);
    await page.locator('#f-name').fill('留下来的人');
    await page.getByText('内容留在这台设备上').waitFor();
    page.on('dialog', (dialog) => dialog.accept());
    await be(context, server, who.second);
    await page.reload();
    assert.equal(await page.getByRole('button', { name: '填回这台设备上留下的内容' }).count(), 0);
    await be(context, server, who.admin_again);
    await page.reload();
    await page.getByRole('button', { name: '填回这台设备上留下的内容' }).click();
    assert.equal(await page.locator('#f-name').inputValue(), '留下来的人');
    await page.getByText(/已自动保存/).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '丢掉草稿，重新填' }).click();
  });
});

journey('a notice is read and the count goes down', 'officer', async ({ open, PHONE }) => {
  await open('/desk/notices', PHONE, async (page) => {
    const unread = await page.getByText('未读').count();
    assert.ok(unread > 1);
    await page.getByRole('button', { name: /^标为已读/ }).first().click();
    assert.equal(await page.getByText('未读').count(), unread - 1);
    await page.getByRole('button', { name: '全部标为已读' }).click();
    assert.equal(await page.getByText('未读').count(), 0);
  });
});

journey('search finds two characters and says how many there are', 'admin', async ({ open, DESK }) => {
  await open('/desk', DESK, async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('水务');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/search**');
    assert.match(await page.locator('h1').innerText(), /水务/);
    assert.ok((await page.locator('mark').count()) > 1);
    await page.locator('#organs').getByRole('link').first().waitFor();
  });
});

journey('somebody without anything to do is told so', 'nobody', async ({ open, DESK }) => {
  await open('/desk', DESK, async (page) => {
    assert.match(await page.locator('main').innerText(), /没有待办/);
  });
});
