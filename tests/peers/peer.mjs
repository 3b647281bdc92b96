// What every peer does: listen on a free port of loopback, print one line of JSON that says where,
// end when standard input closes (so that nothing is left running, however the test ends).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const endings = [];

// Runs `end` before the peer ends.
export function atEnd(end) {
  endings.push(end);
}

async function finish(status) {
  for (const end of endings.reverse()) await end();
  process.exit(status);
}

process.stdin.resume();
process.stdin.on('end', () => finish(0));
process.on('SIGTERM', () => finish(0));

export function say(fields) {
  process.stdout.write(`${JSON.stringify(fields)}\n`);
}

// A folder of its own, removed at the end.
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-peer-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// An authority made for this run and a certificate by it, for this machine where no names are given.
export function makeCertificate(folder, names = 'DNS:localhost,IP:127.0.0.1') {
  const at = (name) => join(folder, name);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...curve, '-days', '2', '-subj', '/CN=test authority', '-keyout', at('ca.key'),
    '-out', at('ca.pem'));
  openssl('req', ...curve, '-subj', '/CN=localhost', '-keyout', at('server.key'), '-out', at('server.csr'));
  writeFileSync(at('server.ext'), `subjectAltName=${names}\n`);
  openssl('x509', '-req', '-in', at('server.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial',
    '-days', '2', '-extfile', at('server.ext'), '-out', at('server.pem'));
  return { ca: at('ca.pem'), key: at('server.key'), cert: at('server.pem') };
}

export function readCertificate(files) {
  return { key: readFileSync(files.key), cert: readFileSync(files.cert) };
}

// Listens and resolves with the port.
export function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}
