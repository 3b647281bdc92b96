// A store that speaks S3. In front stands a guard that checks every signature (version 4, the body's hash
// included) and misbehaves when told; behind it s3rver (npm), or with --own a table in memory.
//
//   node s3_server.mjs [--own]
//
// Orders by standard input, each a line:
//   fault NAME COUNT   the next COUNT requests: 503, 500, 403, silent, drop, half, changed
//   clock SECONDS      the server's clock is off by so much
import crypto from 'node:crypto';
import http from 'node:http';
import { createInterface } from 'node:readline';

import { atEnd, listen, ownFolder, say } from './peer.mjs';

const KEYS = { access: 'S3RVER', secret: 'S3RVER', region: 'us-east-1', bucket: 'gongkai' };
let fault = { name: '', left: 0 };
let clock = 0;
let requests = 0;

const sha256 = (x) => crypto.createHash('sha256').update(x).digest('hex');
const hmac = (key, x) => crypto.createHmac('sha256', key).update(x).digest();

// AWS Signature Version 4, as published for S3: the signature that `secret` gives to a request.
function signature({ method, path, query, headers, names, bodyHash, date, region }, secret) {
  const canonical = [method, path, query, ...names.map((n) => `${n}:${headers[n].trim().replace(/ +/g, ' ')}`), '',
    names.join(';'), bodyHash].join('\n');
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${secret}`, date.slice(0, 8)), region));
  return hmac(key, text).toString('hex');
}

// The example of the published description, so that the guard itself is checked.
const example = signature({ method: 'GET', path: '/test.txt', query: '',
  headers: { host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9', 'x-amz-content-sha256': sha256(''),
    'x-amz-date': '20130524T000000Z' },
  names: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'], bodyHash: sha256(''), date: '20130524T000000Z',
  region: 'us-east-1' }, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
if (example !== 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41') throw new Error('the guard is wrong');

// Why a request is refused; undefined where it is not.
function objection(request, body) {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/
    .exec(request.headers.authorization ?? '');
  if (!given) return 'AccessDenied';
  const [, access, day, region, signed, made] = given;
  const date = request.headers['x-amz-date'];
  const names = signed.split(';');
  const bodyHash = request.headers['x-amz-content-sha256'];
  if (access !== KEYS.access) return 'InvalidAccessKeyId';
  if (region !== KEYS.region) return 'AuthorizationHeaderMalformed';
  if (names.some((n) => !(n in request.headers))) return 'SignatureDoesNotMatch';
  if (!names.includes('host') || !names.includes('x-amz-date') || day !== date.slice(0, 8)) return 'AccessDenied';
  if (bodyHash !== sha256(body)) return 'XAmzContentSHA256Mismatch'; // UNSIGNED-PAYLOAD is not enough here
  const at = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Math.abs(at - (Date.now() + clock * 1000)) > 15 * 60 * 1000) return 'RequestTimeTooSkewed';
  const [path, query = ''] = request.url.split('?');
  const right = signature({ method: request.method, path, query, headers: request.headers, names, bodyHash, date, region },
    KEYS.secret);
  return made === right ? undefined : 'SignatureDoesNotMatch';
}

function xml(answer, status, code) {
  answer.writeHead(status, { 'Content-Type': 'application/xml' });
  answer.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>…</Message></Error>`);
}

const faults = {
  503: (request, answer) => xml(answer, 503, 'SlowDown'),
  500: (request, answer) => xml(answer, 500, 'InternalError'),
  403: (request, answer) => xml(answer, 403, 'AccessDenied'),
  silent: () => {},
  drop: (request) => request.socket.destroy(),
  half: (request, answer) => {
    answer.writeHead(200, { 'Content-Length': 1000 });
    answer.write('half');
    setImmediate(() => request.socket.destroy());
  },
  changed: (request, answer) => answer.end('not what was stored'),
};

// --- what is behind the guard

function own() {
  const objects = new Map();
  return (request, body, answer) => {
    const [, bucket] = request.url.split('/');
    if (bucket !== KEYS.bucket) return xml(answer, 404, 'NoSuchBucket');
    if (request.method === 'PUT') {
      objects.set(request.url, body);
      return answer.end();
    }
    const object = objects.get(request.url);
    if (!object) return xml(answer, 404, 'NoSuchKey');
    answer.writeHead(200, { 'Content-Length': object.length });
    return answer.end(object);
  };
}

async function npm() {
  const { default: S3rver } = await import('s3rver');
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: ownFolder(),
    configureBuckets: [{ name: KEYS.bucket }] });
  const { port } = await server.run();
  atEnd(() => server.close());
  return (request, body, answer) => {
    const { method, url } = request;
    const headers = { ...request.headers, host: `127.0.0.1:${port}` };
    const on = http.request({ host: '127.0.0.1', port, method, path: url, headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    on.end(body);
  };
}

let behind;
try {
  behind = process.argv.includes('--own') ? own() : await npm();
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  say({ skip: 's3rver is not installed (npm ci in tests/peers)' });
  process.exit(0);
}

function serve(request, answer) {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    requests += 1;
    if (fault.left > 0) {
      fault.left -= 1;
      return faults[fault.name](request, answer);
    }
    const body = Buffer.concat(parts);
    const why = objection(request, body);
    // the bucket may stand in the host's name; behind the guard it stands in the path
    if (request.headers.host.startsWith(`${KEYS.bucket}.`)) request.url = `/${KEYS.bucket}${request.url}`;
    return why ? xml(answer, 403, why) : behind(request, body, answer);
  });
}

const orders = {
  fault: (name, count) => { fault = { name, left: Number(count) }; },
  clock: (seconds) => { clock = Number(seconds); },
  count: () => {},
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const [order, ...rest] = line.split(' ');
  orders[order](...rest);
  say({ done: order, requests });
});

const port = await listen(http.createServer(serve));
say({ port, ...KEYS });
