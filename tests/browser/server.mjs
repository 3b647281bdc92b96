// The real program on a free port with the sample organ, in a directory of its own.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer } from 'node:net';
import { join } from 'node:path';

// An address with its whole body read: what is left unread of an answer ends the process with an
// error when the server closes the connection.
export async function get(url, init) {
  const response = await fetch(url, init);
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    text: bytes.toString('utf8'),
    json: () => JSON.parse(bytes.toString('utf8')),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  for (let wait = 10; wait < 20000; wait *= 1.3) {
    try {
      const { status } = await get(url);
      if (status === 200) return true;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return false;
}

// `reports` (file name → bytes) are put into the site beside the sample.
export async function startServer(build, reports = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'gongkai-browser-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let log = '';
  const child = spawn(join(build, 'gongkai'), ['serve', '--port', String(port), '--data', join(dir, 'data')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (log += bytes));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  process.on('exit', () => child.kill('SIGKILL')); // also where a test brings us down
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  if (!(await answers(`${origin}/healthz`))) {
    await stop();
    throw new Error(`the server did not start:\n${log}`);
  }
  const inbox = join(dir, 'inbox');
  mkdirSync(inbox);
  for (const [name, html] of Object.entries(reports)) writeFileSync(join(inbox, name), html);
  execFileSync(join(build, 'gongkai'), ['report', 'import', '--data', join(dir, 'data'), inbox]);
  return { origin, dir, stop, log: () => log };
}
