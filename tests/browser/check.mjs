// What must hold on every page, whatever it shows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { get } from './server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const MAX_BYTES = 100 * 1024;

// Everything the page says or asks for while it is open.
export function watch(page, origin) {
  const seen = { errors: [], outside: [] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) seen.outside.push(request.url());
  });
  return seen;
}

// The page and everything it loads, as it is before compression and without a cache. What answers a
// form cannot be asked for again, and is weighed as the browser has it.
export async function weight(page, origin, posted = false) {
  const parts = await page.evaluate(() =>
    [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src], img[src]')].map((e) => e.href || e.src),
  );
  let bytes = posted ? Buffer.byteLength(await page.content()) : 0;
  for (const url of posted ? parts : [page.url(), ...parts]) {
    assert.ok(url.startsWith(origin), url);
    bytes += (await get(url, { headers: { 'accept-encoding': 'identity' } })).bytes.length;
  }
  return bytes;
}

export async function axe(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  const words = found.violations.map(
    (v) => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 5).map((n) => `  ${n.target} ${n.failureSummary}`).join('\n'),
  );
  assert.equal(found.violations.length, 0, words.join('\n'));
}

// Nothing may stick out sideways; wide tables scroll inside a region of their own.
export async function fits(page) {
  const [scroll, client, wide] = await page.evaluate(() => {
    const root = document.documentElement;
    const outside = [...document.querySelectorAll('body *')].filter((e) => {
      if (e.closest('.scroll') || e.closest('.vh, .skip, .tabs')) return false;
      return e.getBoundingClientRect().right > root.clientWidth + 1;
    });
    return [root.scrollWidth, root.clientWidth, outside.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
  });
  assert.ok(scroll <= client, `the page is ${scroll} wide in a window of ${client}: ${wide.join('\n')}`);
}

export async function structure(page) {
  const facts = await page.evaluate(() => ({
    h1: document.querySelectorAll('h1').length,
    main: document.querySelectorAll('main').length,
    header: document.querySelectorAll('body > header').length,
    footer: document.querySelectorAll('body > footer').length,
    title: document.title,
    lang: document.documentElement.lang,
    description: document.querySelector('meta[name=description]')?.content ?? '',
    first: document.querySelector('a')?.getAttribute('href'),
    ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
    dead: [...document.querySelectorAll('a[href^="#"]')]
      .map((a) => decodeURIComponent(a.getAttribute('href').slice(1)))
      .filter((id) => !document.getElementById(id)),
    inline: document.querySelectorAll('[style], style, script:not([src])').length,
    loose: [...document.querySelectorAll('table')].filter((t) => !t.caption).length,
  }));
  assert.equal(facts.h1, 1, 'one h1');
  assert.equal(facts.main, 1, 'one main');
  assert.equal(facts.header, 1, 'a header');
  assert.equal(facts.footer, 1, 'a footer');
  assert.match(facts.title, /\S+ - \S+/, 'a title with the name of the site');
  assert.match(facts.lang, /^zh-Han[st]$/);
  assert.equal(facts.first, '#main', 'the first link leads past the navigation');
  assert.equal(new Set(facts.ids).size, facts.ids.length, 'no id twice');
  assert.deepEqual(facts.dead, [], 'links inside the page lead somewhere');
  assert.equal(facts.inline, 0, 'no style or script in the page');
  assert.equal(facts.loose, 0, 'every table has a caption');
}

// Every link and button is reached by Tab, in the order of the page, and the focus can be seen.
export async function keyboard(page) {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
    // a group of radio buttons is one stop: the chosen one, or the first
    const stop = (e) => e.type !== 'radio' || e === [...document.getElementsByName(e.name)].sort((a, b) => b.checked - a.checked)[0];
    const seen = all.filter((e) => !e.disabled && stop(e) && e.tabIndex >= 0 && e.type !== 'hidden' && e.checkVisibility());
    seen.forEach((e, i) => (e.dataset.order = String(i)));
    return seen.length;
  });
  const most = Math.min(wanted, 60);
  const next = async () => {
    await page.keyboard.press('Tab');
    return page.evaluate(() => {
      const e = document.activeElement;
      const style = getComputedStyle(e);
      return { order: Number(e.dataset.order), date: e.type === 'date', outline: style.outlineStyle, html: e.outerHTML.slice(0, 120) };
    });
  };
  for (let i = 0; i < most; i += 1) {
    let at = await next();
    while (at.date && at.order === i - 1) at = await next(); // year, month, day and the calendar's button
    assert.equal(at.order, i, `Tab ${i + 1} came to ${at.html}`);
    assert.notEqual(at.outline, 'none', `focus cannot be seen on ${at.html}`);
  }
}
