// node tests/browser/run.mjs BUILD_DIR [--shots DIR] [--only WORD]
//
// Every page at three widths in a real browser: axe-core, structure, keyboard, weight, no errors, no
// request to anywhere else; then what people come to do (journeys.mjs).
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

import * as check from './check.mjs';
import { archiveJourneys, archivePages, archiveSitePages } from './archive_journeys.mjs';
import { moneyJourneys, moneyPages } from './money_journeys.mjs';
import { peopleJourneys, peoplePages } from './people_journeys.mjs';
import { calendarJourneys, calendarPages } from './calendar_journeys.mjs';
import { citizenJourneys, citizenPages } from './citizen_journeys.mjs';
import { be, deskPages, people } from './desk.mjs';
import { decisionJourneys, decisionPages } from './decision_journeys.mjs';
import { deskJourneys } from './desk_journeys.mjs';
import { releaseJourneys, releasePages } from './release_journeys.mjs';
import { disclosureJourneys } from './disclosure_journeys.mjs';
import { requestJourneys, requestPages, requestStates } from './request_journeys.mjs';
import { letterJourneys, letterPages } from './letter_journeys.mjs';
import { groupJourneys, groupPages } from './group_journeys.mjs';
import { organJourneys, organPages } from './organ_journeys.mjs';
import { manyReports, report2014, report2019 } from './fixtures.mjs';
import { journeys } from './journeys.mjs';
import { get, startServer } from './server.mjs';
import { signInJourneys } from './sign_in_journeys.mjs';
import { finish, test } from './tap.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { shots: { type: 'string' }, only: { type: 'string', default: '' } },
});
const build = positionals[0] ?? 'build';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const SMALLEST = { width: 320, height: 640 }; // also 1280 at 400 %
const PHONE = { width: 360, height: 740 };
const LARGE_PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

const profile = mkdtempSync(join(tmpdir(), 'gongkai-profile-'));
const server = await startServer(build, {
  'linye-2020.html': report2019(),
  'linye-2017.html': report2014(),
  ...manyReports(60),
});
const context = await chromium.launchPersistentContext(profile, {
  executablePath: CHROMIUM,
  args: FLAGS,
  viewport: DESK,
  acceptDownloads: true,
});

context.setDefaultTimeout(15000);

let who = {}; // desk.mjs, people

// {waiting} in a path is what desk_people.c printed under that name.
async function open(path, viewport, body) {
  const page = await context.newPage();
  const seen = check.watch(page, server.origin);
  try {
    await page.setViewportSize(viewport);
    const response = await page.goto(server.origin + path.replace(/\{(\w+)\}/g, (_, key) => who[key]), { waitUntil: 'load' });
    return await body(page, response, seen);
  } finally {
    await page.close();
  }
}

// One of each kind of page, found as a visitor would find them.
async function sitePages() {
  const list = (await get(`${server.origin}/api/v1/reports?limit=1000`)).json();
  const first = list.reports[0];
  const editions = new Map(list.reports.map((r) => [r.edition || 'none', r.page]));
  const faulty = list.reports.find((r) => r.findings.error + r.findings.warning > 0);
  return [
    ['home', '/'],
    ['list', '/annual-reports'],
    ['list of a year', `/annual-reports?year=${first.year}`],
    ['list, last page', '/annual-reports?page=2'],
    ['list without a report', '/annual-reports?year=1999'],
    ...[...editions].map(([edition, page]) => [`report ${edition}`, page]),
    ['report with faults', faulty.page],
    ['trends', `/annual-reports/${first.organ}/trends`],
    ['compare', `/annual-reports/${first.organ}/compare`],
    ['organ', '/organs/shuiwu'],
    ['organ ended', '/organs/zhijian'],
    ['list of a renamed organ', '/annual-reports?organ=shuiwu'],
    ['check', '/check'],
    ['check by paste', '/check?by=paste'],
    ['open data', '/open-data'],
    ['accessibility', '/about/accessibility'],
    ['not found', '/no-such-page'],
    ['sign in', '/desk/sign-in'],
    ['apply', '/apply'],
    ['apply first step', '/apply/shuiwu'],
    ['progress', '/progress'],
    ['receipt', '/receipt'],
    ['rectify', '/rectify'],
    ['rectify form', '/rectify/shuiwu'],
    ...citizenPages,
    ...archiveSitePages,
  ];
}

// A page that says that something is missing has said so to the browser, too.
const isMissing = (name) => name.endsWith('not found');

async function everyPage(name, path) {
  for (const viewport of [PHONE, DESK])
    await open(path, viewport, async (page) => {
      await test(`${name} at ${viewport.width}: zero axe violations`, () => check.axe(page));
      await test(`${name} at ${viewport.width}: nothing sticks out`, () => check.fits(page));
    });
  await open(path, SMALLEST, async (page) => {
    for (const viewport of [SMALLEST, LARGE_PHONE]) {
      await page.setViewportSize(viewport);
      await test(`${name} at ${viewport.width}: nothing sticks out`, () => check.fits(page));
    }
  });
  await open(path, DESK, async (page, response, seen) => {
    await test(`${name}: one h1, landmarks, title, ids, links inside`, () => check.structure(page));
    await test(`${name}: by keyboard, in order, focus seen`, () => check.keyboard(page));
    await test(`${name}: at most 100 KB with everything it loads, no errors, nothing from elsewhere`, async () => {
      const wrong = seen.errors.filter((e) => !(isMissing(name) && e.includes('404')));
      assert.deepEqual(wrong, []);
      assert.deepEqual(seen.outside, []);
      const bytes = await check.weight(page, server.origin);
      assert.ok(bytes > 10000 && bytes <= check.MAX_BYTES, `${bytes} bytes`);
    });
    await test(`${name}: text at 200 % still fits`, async () => {
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await check.fits(page);
    });
  });
  for (const query of ['mode=elder', 'mode=contrast', 'hant=1']) {
    const shown = path + (path.includes('?') ? '&' : '?') + query;
    await open(shown, PHONE, async (page) => {
      if (query !== 'hant=1') await test(`${name} with ${query}: zero axe violations at 360`, () => check.axe(page)); // other characters, the same marks
      await test(`${name} with ${query}: nothing sticks out at 360`, () => check.fits(page));
    });
  }
}

// Pages that only are looked at do not wait for each other: while one is drawn another is checked.
async function everyOne(pages) {
  const left = [...pages];
  const look = async () => {
    for (let next = left.shift(); next; next = left.shift()) await everyPage(...next);
  };
  await Promise.all([look(), look(), look()]);
}

// What answers a form: reached once for each look, since an address may send only so many a minute.
async function everyState(name, path, reach) {
  await open(path, DESK, async (page, response, seen) => {
    await reach(page);
    await test(`${name}: one h1, landmarks, title, ids, links inside`, () => check.structure(page));
    await test(`${name}: at most 100 KB with everything it loads, no errors, nothing from elsewhere`, async () => {
      assert.deepEqual(seen.errors.filter((e) => !e.includes('422')), []); // said to the browser, too
      assert.deepEqual(seen.outside, []);
      const bytes = await check.weight(page, server.origin, true);
      assert.ok(bytes > 10000 && bytes <= check.MAX_BYTES, `${bytes} bytes`);
    });
    for (const viewport of [SMALLEST, PHONE, LARGE_PHONE, DESK]) {
      await page.setViewportSize(viewport);
      await test(`${name} at ${viewport.width}: nothing sticks out`, () => check.fits(page));
      await test(`${name} at ${viewport.width}: zero axe violations`, () => check.axe(page));
    }
  });
  for (const query of ['mode=elder', 'mode=contrast', 'hant=1'])
    await open(`${path}?${query}`, PHONE, async (page) => {
      await reach(page);
      if (query !== 'hant=1') await test(`${name} with ${query}: zero axe violations at 360`, () => check.axe(page)); // other characters, the same marks
      await test(`${name} with ${query}: nothing sticks out at 360`, () => check.fits(page));
    });
}

// A check that finds nothing anywhere proves nothing.
async function checksCanFail() {
  const fails = (body) => assert.rejects(body, assert.AssertionError);
  await open('/', PHONE, async (page) => {
    await page.evaluate(() => {
      document.querySelector('h1').outerHTML = '<div><input><table><tr><td>1</td></tr></table></div>';
      document.querySelector('main').insertAdjacentHTML('beforeend', '<p class="nb">' + '宽'.repeat(80) + '</p><a href="#nowhere">x</a>');
    });
    await test('the checks find a page without h1 and labels', () => fails(() => check.axe(page)));
    await test('the checks find what sticks out', () => fails(() => check.fits(page)));
    await test('the checks find a link that leads nowhere', () => fails(() => check.structure(page)));
  });
}

async function shots(dir, pages) {
  mkdirSync(dir, { recursive: true });
  for (const [name, path, reach] of pages)
    for (const viewport of [LARGE_PHONE, DESK])
      await open(path, viewport, async (page) => {
        if (reach) await reach(page);
        await page.screenshot({ path: join(dir, `${name.replaceAll(' ', '-')}-${viewport.width}.png`), fullPage: true });
      });
}

let passed = false;
try {
  const pages = (await sitePages()).filter(([name]) => name.includes(options.only));
  // One a line: so that lists that are added beside each other merge.
  const inside = [
    ...deskPages,
    ...organPages,
    ...peoplePages,
    ...requestPages,
    ...moneyPages,
    ...letterPages,
    ...groupPages,
    ...calendarPages,
    ...decisionPages,
    ...releasePages,
    ...archivePages,
  ].filter(([name]) => name.includes(options.only));
  who = people(build, server);
  const states = requestStates(who).filter(([name]) => name.includes(options.only));
  if (options.shots) {
    await shots(options.shots, [...pages, ...states]);
    await be(context, server, who.admin);
    await shots(options.shots, inside);
    passed = true;
  } else {
    if (!options.only) await checksCanFail();
    await everyOne(pages);
    for (const [name, path, reach] of states) await everyState(name, path, reach);
    await be(context, server, who.admin);
    await everyOne(inside);
    await be(context, server);
    const walked = [
      ...journeys,
      ...deskJourneys,
      ...signInJourneys,
      ...organJourneys,
      ...peopleJourneys,
      ...requestJourneys,
      ...moneyJourneys,
      ...releaseJourneys,
      ...citizenJourneys,
      ...letterJourneys,
      ...groupJourneys,
      ...calendarJourneys,
      ...decisionJourneys,
      ...disclosureJourneys,
      ...archiveJourneys,
    ];
    for (const [name, body] of walked)
      if (name.includes(options.only)) await test(name, () => body({ context, open, server, who, PHONE, DESK }));
    passed = finish();
  }
} finally {
  await context.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(passed ? 0 : 1);
