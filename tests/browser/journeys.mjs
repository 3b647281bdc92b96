// What people come to do, from the first click to what they wanted. Every journey begins at a page a
// visitor can reach.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { pasted, report2019 } from './fixtures.mjs';
import { get } from './server.mjs';

const api = async (server, path) => (await get(server.origin + path)).json();

async function reportWithFails(server) {
  const { reports } = await api(server, '/api/v1/reports?limit=1000');
  const found = reports.find((r) => r.findings.error + r.findings.warning > 0);
  assert.ok(found, 'the sample has a report with a fault in it');
  return found;
}

async function organWithYears(server, least) {
  const { reports } = await api(server, '/api/v1/reports?limit=1000');
  const years = {};
  for (const r of reports) (years[r.organ] ??= []).push(r.year);
  const organ = Object.keys(years).find((o) => years[o].length >= least);
  assert.ok(organ, `the sample has an organ with ${least} years`);
  return { organ, years: years[organ].sort() };
}

async function upload(page, name, mimeType, bytes) {
  await page.setInputFiles('#file', { name, mimeType, buffer: Buffer.from(bytes) });
  await page.getByRole('button', { name: '核对', exact: true }).click();
  await page.waitForLoadState('load');
}

export const journeys = [];
const journey = (name, body) => journeys.push([name, body]);

journey('journey: find a report from the home page by year and organ', async ({ open, server, DESK }) => {
  const { reports } = await api(server, '/api/v1/reports?limit=1000');
  const { year, organ_name: organ, page: path } = reports[reports.length - 1];
  await open('/', DESK, async (page) => {
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '年报' }).click();
    const facets = page.getByRole('navigation', { name: '筛选条件' });
    await facets.getByRole('link', { name: `${year}年度` }).click();
    await page.getByLabel('机关名称里的几个字').fill(organ);
    await page.getByRole('button', { name: '查找' }).click();
    assert.equal(await page.locator('.chip').count(), 2);
    await page.locator('.list a').first().click();
    assert.equal(new URL(page.url()).pathname, path);
    assert.ok((await page.locator('h1').innerText()).length > 4);
  });
});

journey('journey: part of a name finds the organs that have it', async ({ open, DESK }) => {
  await open('/annual-reports', DESK, async (page) => {
    const find = async (words) => {
      await page.getByLabel('机关名称里的几个字').fill(words);
      await page.getByRole('button', { name: '查找' }).click();
    };
    await find('镇人民政府');
    assert.ok((await page.locator('.alert a').count()) > 20);
    await find('水務局');
    assert.match(await page.locator('.chip').innerText(), /水务局/);
    await find('没有这个局');
    assert.match(await page.locator('.alert').innerText(), /没有名称里有/);
  });
});

journey('journey: page by page through a long list', async ({ open, server, DESK }) => {
  const { total } = await api(server, '/api/v1/reports');
  await open('/annual-reports', DESK, async (page) => {
    const lines = await page.locator('.list > li').count();
    await page.getByRole('link', { name: '下一页' }).click();
    assert.equal(await page.locator('.pager [aria-current=page]').innerText().then((t) => t.match(/\d+/)[0]), '2');
    assert.equal(lines + (await page.locator('.list > li').count()), total);
    await page.getByRole('link', { name: '上一页' }).click();
    assert.equal(await page.locator('.list > li').count(), lines);
  });
});

journey('journey: a filter is taken away again', async ({ open, server, DESK }) => {
  const { reports } = await api(server, '/api/v1/reports');
  await open(`/annual-reports?year=${reports[0].year}`, DESK, async (page) => {
    await page.locator('.chip').first().click();
    assert.equal(await page.locator('.chip').count(), 0);
  });
});

journey('journey: from a finding to its cell and back', async ({ open, server, DESK }) => {
  const report = await reportWithFails(server);
  await open(report.page, DESK, async (page) => {
    const finding = page.locator('.finding.fail', { has: page.getByRole('link', { name: '看单元格' }) }).first();
    await finding.getByRole('link', { name: '看单元格' }).click();
    const cell = page.locator('td:target');
    assert.equal(await cell.count(), 1);
    assert.match(await cell.getAttribute('class'), /c-fail/);
    assert.match(await cell.innerText(), /\d|空|缺/);
    await cell.getByRole('link').click();
    assert.equal(await page.locator('.finding:target').count(), 1);
  });
});

journey('journey: a screen reader hears which finding a cell has', async ({ open, server, DESK }) => {
  const report = await reportWithFails(server);
  await open(report.page, DESK, async (page) => {
    assert.match(await page.locator('td.c-fail a').first().textContent(), /^不符，见结果\d+：/);
  });
});

journey('journey: the trends of an organ, each chart with its table', async ({ open, server, DESK }) => {
  const { organ, years } = await organWithYears(server, 3);
  await open(`/annual-reports/${organ}/${years[0]}`, DESK, async (page) => {
    await page.getByRole('link', { name: '历年变化' }).click();
    const charts = await page.locator('svg.chart').count();
    assert.ok(charts >= 2, `${charts} charts`);
    assert.equal(await page.locator('figure table').count(), charts);
    assert.equal(await page.locator('figure').first().locator('tbody tr').count(), years.length);
    for (const chart of await page.locator('svg.chart').all())
      assert.ok((await chart.locator('desc').textContent()).includes('数据见下表'));
  });
});

journey('journey: compare two years', async ({ open, server, DESK }) => {
  const { organ, years } = await organWithYears(server, 3);
  await open(`/annual-reports/${organ}/compare`, DESK, async (page) => {
    await page.getByLabel('较早的年度').selectOption(String(years[0]));
    await page.getByLabel('较晚的年度').selectOption(String(years[2]));
    await page.getByRole('button', { name: '比较' }).click();
    assert.match(page.url(), new RegExp(`a=${years[0]}&b=${years[2]}`));
    assert.match(await page.locator('h1').innerText(), new RegExp(`${years[0]}.*${years[2]}`));
    assert.ok((await page.locator('.tag', { hasText: /增加|减少/ }).count()) > 0);
    assert.equal(await page.locator('.tag', { hasText: '相同' }).count(), 0);
    await page.getByRole('link', { name: '相同的也列出' }).click();
    assert.ok((await page.locator('.tag', { hasText: '相同' }).count()) > 0);
  });
});

journey('journey: a good file is checked, its faults are marked, nothing is kept', async ({ open, server, DESK }) => {
  const before = await api(server, '/api/v1/reports');
  await open('/check', DESK, async (page) => {
    await upload(page, 'linye-2020.html', 'text/html', report2019());
    assert.match(await page.locator('h2').first().innerText(), /示例县林业局2020年/);
    assert.ok((await page.locator('.finding.fail').count()) > 0, 'a wrong total is a failure');
    const total = page.locator('td.sum.c-fail').first();
    assert.match(await total.innerText(), /6/);
    assert.match(await page.locator('td.c-blank').first().textContent(), /空/);
    await page.locator('details[id$=pass] summary').click();
    assert.ok((await page.locator('details[id$=pass] li').count()) > 3);
  });
  assert.equal((await api(server, '/api/v1/reports')).total, before.total);
});

journey('journey: the result of a check as JSON and as a workbook', async ({ open, DESK }) => {
  await open('/check', DESK, async (page) => {
    for (const [button, ending, magic] of [['JSON', '.json', '{'], ['XLSX', '.xlsx', 'PK']]) {
      await page.setInputFiles('#file', { name: 'linye.html', mimeType: 'text/html', buffer: Buffer.from(report2019()) });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      assert.ok(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
      const bytes = readFileSync(await download.path());
      assert.equal(bytes.toString('latin1', 0, magic.length), magic);
    }
  });
});

for (const [what, name, bytes, words] of [
  ['a broken PDF', 'x.pdf', '%PDF-1.7\ngarbage', /\S/],
  ['a broken archive', 'x.docx', 'PK\x03\x04garbage', /\S/],
  ['an empty file', 'x.txt', '', /空/],
])
  journey(`journey: ${what} is refused with words, and the form is there to try again`, async ({ open, DESK }) => {
    await open('/check', DESK, async (page) => {
      await upload(page, name, 'application/octet-stream', Buffer.from(bytes, 'latin1'));
      const summary = page.getByRole('alert');
      assert.match(await summary.innerText(), words);
      assert.match(await page.title(), /没有核对成/);
      assert.equal(await page.locator('#file').getAttribute('aria-invalid'), 'true');
      assert.ok((await summary.getByRole('link').getAttribute('href')) === '#file');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'error');
    });
  });

journey('journey: a file that is no report is said to be none', async ({ open, DESK }) => {
  await open('/check', DESK, async (page) => {
    await upload(page, 'x.txt', 'text/plain', '今天天气很好。\n明天也不错。\n');
    assert.match(await page.locator('main').innerText(), /没有认出年度报告/);
    assert.equal(await page.locator('.finding.pass').count(), 0);
  });
});

journey('journey: pasted text is checked and comes back', async ({ open, DESK }) => {
  await open('/check', DESK, async (page) => {
    await page.getByRole('link', { name: '粘贴文本' }).click();
    await page.getByLabel('报告文字').fill(pasted());
    await page.getByRole('button', { name: '核对', exact: true }).click();
    assert.match(await page.locator('main').innerText(), /示例县林业局2020年/);
    assert.match(await page.getByLabel('报告文字').inputValue(), /示例县林业局2020年/);
  });
});

journey('journey: a report is checked beside the stored one of the year before', async ({ open, server, DESK }) => {
  const { organ, years } = await organWithYears(server, 3);
  const original = await get(`${server.origin}/annual-reports/${organ}/${years[1]}/original`);
  const name = decodeURIComponent(original.headers.get('content-disposition').match(/filename\*?=(?:UTF-8'')?"?([^";]+)/)[1]);
  await open('/check', DESK, async (page) => {
    await upload(page, name, 'application/octet-stream', original.bytes);
    const settled = page.locator('details li, .finding.fail', { hasText: /上年结转与上年度报告(相符|不符)/ });
    assert.ok((await settled.count()) > 0, 'carried over is compared with the year before');
  });
});

journey('journey: what was pasted survives going away and coming back', async ({ open, DESK }) => {
  await open('/check?by=paste', DESK, async (page) => {
    await page.getByLabel('报告文字').fill('示例县林业局2020年');
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '首页' }).click();
    await page.goBack();
    await page.reload();
    assert.equal(await page.getByLabel('报告文字').inputValue(), '示例县林业局2020年');
  });
});

journey('journey: nothing pasted is asked for', async ({ open, DESK }) => {
  await open('/check?by=paste', DESK, async (page) => {
    await page.getByLabel('报告文字').fill('   ');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    assert.match(await page.getByRole('alert').innerText(), /粘贴/);
  });
});

journey('journey: markup in a pasted text is shown, not run', async ({ open, DESK }) => {
  await open('/check?by=paste', DESK, async (page) => {
    await page.getByLabel('报告文字').fill('</textarea><script>document.title="x"</script><img src=x onerror=alert(1)>\n' + pasted());
    await page.getByRole('button', { name: '核对', exact: true }).click();
    assert.equal(await page.locator('main script, main img').count(), 0);
    assert.notEqual(await page.title(), 'x');
  });
});

journey('journey: all of it without JavaScript', async ({ context, server }) => {
  const page = await context.newPage();
  const browser = await context.newCDPSession(page);
  await browser.send('Emulation.setScriptExecutionDisabled', { value: true });
  try {
    await page.setContent('<p>off</p><script>document.querySelector("p").textContent = "on"</script>');
    assert.equal(await page.locator('p').textContent(), 'off', 'scripts do not run');
    await page.goto(server.origin);
    await page.locator('.latest a').first().click();
    assert.equal(await page.locator('h1').count(), 1);
    await page.goto(`${server.origin}/check`);
    await page.setInputFiles('#file', { name: 'a.html', mimeType: 'text/html', buffer: Buffer.from(report2019()) });
    await page.getByRole('button', { name: '核对', exact: true }).click();
    assert.ok((await page.locator('.finding.fail').count()) > 0);
  } finally {
    await page.close();
  }
});

journey('journey: Traditional, and it stays while going on', async ({ open, server, DESK }) => {
  const { reports } = await api(server, '/api/v1/reports');
  await open('/annual-reports', DESK, async (page) => {
    await page.getByRole('navigation', { name: '显示方式' }).getByRole('link', { name: '繁體' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hant');
    assert.match(await page.locator('h1').innerText(), /政府信息公開年報/);
    await page.locator('.list a').first().click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hant');
    assert.match(await page.locator('main').innerText(), /總計|統計/);
    await page.getByRole('navigation').getByRole('link', { name: '簡體' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
    assert.ok(reports.length > 0);
  });
});

journey('journey: 长者模式 is the same page, larger, and it stays', async ({ open, server, PHONE }) => {
  const { organ, years } = await organWithYears(server, 3);
  await open('/', PHONE, async (page) => {
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const before = await size();
    await page.getByRole('link', { name: '长者模式' }).click();
    assert.ok((await size()) > before * 1.2);
    await page.getByRole('link', { name: '核对报告' }).first().click();
    assert.equal(await page.locator('html').getAttribute('data-mode'), 'elder');
    await page.goto(`${server.origin}/annual-reports/${organ}/compare?mode=elder`);
    await page.getByLabel('较早的年度').selectOption(String(years[0]));
    await page.getByRole('button', { name: '比较' }).click();
    assert.equal(await page.locator('html').getAttribute('data-mode'), 'elder');
    await page.getByRole('link', { name: '标准模式' }).click();
    assert.equal(await page.locator('html').getAttribute('data-mode'), null);
  });
});

journey('journey: a report prints: the tables, not the doors', async ({ open, server, DESK }) => {
  const { reports } = await api(server, '/api/v1/reports');
  await open(reports[0].page, DESK, async (page) => {
    const pdf = await page.pdf({ format: 'A4' });
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.sitenav', '.utility', '.foot', '.crumbs'])
      assert.equal(await page.locator(gone).isVisible(), false, `${gone} is printed`);
    assert.ok(await page.locator('table.form').first().isVisible());
  });
});

journey('journey: the skip link leads past the navigation', async ({ open, DESK }) => {
  await open('/annual-reports', DESK, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '跳到正文');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  });
});

journey('journey: a report as JSON, CSV, workbook and original', async ({ server }) => {
  const { reports } = await api(server, '/api/v1/reports');
  const at = server.origin + reports[0].page;
  const json = (await get(`${at}.json`)).json();
  assert.ok(json.cells, 'cells');
  const csv = (await get(`${at}.csv`)).text;
  assert.ok(csv.includes('t3.new.total'), 'a line for a cell');
  const xlsx = (await get(`${at}.xlsx`)).bytes;
  assert.equal(xlsx.subarray(0, 2).toString(), 'PK');
  const original = await get(`${at}/original`);
  assert.match(original.headers.get('content-disposition'), /^attachment/);
  assert.equal(original.headers.get('content-type'), 'application/octet-stream');
});

journey('journey: every cell of every report as CSV, by year too', async ({ server }) => {
  const all = (await get(`${server.origin}/open-data/cells.csv`)).text;
  const lines = all.trim().split('\n');
  assert.equal(lines[0], 'organ,organ_name,year,cell,state,value');
  const { reports } = await api(server, '/api/v1/reports');
  const year = String(reports[0].year);
  const one = (await get(`${server.origin}/open-data/cells.csv?year=${year}`)).text.trim().split('\n');
  assert.ok(one.length > 100 && one.length <= lines.length);
  assert.ok(one.slice(1).every((line) => line.split(',')[2] === year));
});

journey('journey: every address of the sitemap answers', async ({ server }) => {
  const xml = (await get(`${server.origin}/sitemap.xml`)).text;
  const addresses = [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1].replaceAll('&amp;', '&'));
  assert.ok(addresses.length > 5);
  for (const address of addresses) assert.equal((await get(address)).status, 200, address);
});

journey('journey: the feed names the newest reports', async ({ open, server, DESK }) => {
  const response = await get(`${server.origin}/feed.atom`);
  const xml = response.text;
  assert.match(response.headers.get('content-type'), /atom\+xml/);
  await open('/about/accessibility', DESK, async (page) => {
    const wrong = await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')?.textContent,
      xml,
    );
    assert.equal(wrong, undefined);
  });
  assert.ok(xml.includes('<entry>'));
});

journey('journey: no door leads nowhere', async ({ server }) => {
  const todo = ['/'];
  const seen = new Set(todo);
  while (todo.length && seen.size < 400) {
    const path = todo.shift();
    const response = await get(server.origin + path);
    assert.equal(response.status, 200, path);
    if (!response.headers.get('content-type').startsWith('text/html')) continue;
    const html = response.text;
    for (const [, href] of html.matchAll(/\s(?:href|src)="([^"#]+)(?:#[^"]*)?"/g)) {
      const address = href.replaceAll('&amp;', '&');
      if (!address.startsWith('/') || /mode=|hant=/.test(address) || seen.has(address)) continue;
      seen.add(address);
      todo.push(address);
    }
  }
  assert.ok(seen.size > 20);
});

journey('journey: what is missing or not allowed is said in words', async ({ server }) => {
  for (const [method, path, status, words] of [
    ['GET', '/nothing-here', 404, '没有这个页面'],
    ['GET', '/annual-reports/nobody/2023', 404, '没有'],
    ['GET', '/annual-reports/nobody/trends', 404, '没有'],
    ['GET', '/annual-reports/nobody/compare', 404, '没有'],
    ['POST', '/annual-reports', 405, '不能这样'],
  ]) {
    const response = await get(server.origin + path, { method });
    assert.equal(response.status, status, path);
    const html = response.text;
    assert.ok(html.includes(words), `${path}: ${words}`);
    assert.ok(html.includes('href="/annual-reports"'), 'a way on');
  }
});

journey('journey: a file larger than the limit is refused in words', async ({ server, open, DESK }) => {
  const big = join(server.dir, 'big.txt');
  writeFileSync(big, Buffer.alloc(40 << 20, 'a'));
  await open('/check', DESK, async (page) => {
    await page.setInputFiles('#file', big);
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await page.waitForLoadState('load').catch(() => {});
    const text = await page.locator('body').innerText().catch(() => '');
    assert.match(text, /太大|超过/);
  });
});

journey('journey: pages forbid scripts in the page, frames and guessing of types', async ({ server }) => {
  const { headers } = await get(server.origin);
  assert.match(headers.get('content-security-policy'), /default-src 'none'|default-src 'self'/);
  assert.doesNotMatch(headers.get('content-security-policy'), /unsafe-/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('set-cookie'), null);
});
