// People who are signed in at the server of server.mjs, and pages of the desk.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// Cookies by name of a person (tests/flow/desk_people.c): officer, head, admin, nobody; and number
// and code of a request.
export function people(build, server) {
  return JSON.parse(execFileSync(join(build, 'tests/flow/desk_people'), [join(server.dir, 'data')], { encoding: 'utf8' }));
}

export async function be(context, server, cookie) {
  await context.clearCookies();
  if (cookie) await context.addCookies([{ name: 'gongkai', value: cookie, url: server.origin, httpOnly: true, sameSite: 'Lax' }]);
}

// Pages of the desk that everybody or the administrator sees; others add theirs.
export const deskPages = [
  ['desk home', '/desk'],
  ['desk tasks', '/desk/tasks'],
  ['desk tasks of the organ', '/desk/tasks?whose=organ'],
  ['desk tasks none', '/desk/tasks?kind=mail.failed'],
  ['desk task', '/desk/tasks/1'],
  ['desk notices', '/desk/notices'],
  ['desk notice settings', '/desk/notices/settings'],
  ['desk search', '/desk/search?q=水务'],
  ['desk search none', '/desk/search?q=无此'],
  ['desk mail and jobs', '/desk/outbox'],
  ['desk mail that waits', '/desk/outbox?state=waiting'],
  ['desk audit', '/desk/audit'],
  ['desk audit of an act', '/desk/audit?act=site.edit&from=2020-01-01'],
  ['desk audit none', '/desk/audit?who=无此'],
  ['desk audit line', '/desk/audit/3'],
  ['desk files of an organ', '/desk/organs/1/files'],
  ['desk not found', '/desk/nowhere'],
  ['desk account', '/desk/account'],
  ['desk account password', '/desk/account/password'],
  ['desk account second factor', '/desk/account/second'],
  ['desk account recovery', '/desk/account/recovery'],
];
