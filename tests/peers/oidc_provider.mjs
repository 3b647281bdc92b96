// A small OpenID provider: discovery, keys, authorization code with PKCE, user information. Whoever comes
// is signed in at once. It can also lie, in every way an ID token can be wrong.
//
//   node oidc_provider.mjs [--tls]
//
// Orders by standard input, each a line:
//   lie NAME        from now on (see `lies`); "lie none" for the truth
//   person JSON     who is signed in: {"sub": …, "name": …, "email": …}
//   rotate          new keys under new ids, the old ones are gone
import crypto from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';

import { listen, makeCertificate, ownFolder, readCertificate, say } from './peer.mjs';

const CLIENT = { id: 'gongkai test', secret: 'sehr:geheim & +%' };
let person = { sub: 'u-1001', name: '王小明', email: 'wang@example.gov.cn', email_verified: true };
let lie = 'none';
let keys = newKeys();
const codes = new Map(); // code → what was asked
const used = new Set();
const count = { description: 0, keys: 0 };

function newKeys() {
  const id = crypto.randomBytes(4).toString('hex');
  const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { rsa: { kid: `rsa-${id}`, alg: 'RS256', ...rsa }, ec: { kid: `ec-${id}`, alg: 'ES256', ...ec } };
}

function jwk(key) {
  return { ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, use: 'sig' };
}

const b64 = (x) => Buffer.from(typeof x === 'string' || Buffer.isBuffer(x) ? x : JSON.stringify(x)).toString('base64url');

function sign(head, claims, key) {
  const text = `${b64(head)}.${b64(claims)}`;
  const made = crypto.sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${b64(made)}`;
}

function mac(head, claims, secret) {
  const text = `${b64(head)}.${b64(claims)}`;
  return `${text}.${crypto.createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const now = () => Math.floor(Date.now() / 1000);
const rs = (claims) => sign({ alg: 'RS256', typ: 'JWT', kid: keys.rsa.kid }, claims, keys.rsa);
const strangerRsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const weakRsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });

// From the true claims to the token given out.
const lies = {
  none: rs,
  es256: (c) => sign({ alg: 'ES256', kid: keys.ec.kid }, c, keys.ec),
  'no kid': (c) => sign({ alg: 'RS256' }, c, keys.rsa),
  'many audiences': (c) => rs({ ...c, aud: ['elsewhere', c.aud], azp: c.aud }),
  'clock a little off': (c) => rs({ ...c, iat: now() + 30, exp: now() - 30 }),
  'wrong nonce': (c) => rs({ ...c, nonce: 'another' }),
  'no nonce': ({ nonce, ...c }) => rs(c),
  'wrong aud': (c) => rs({ ...c, aud: 'elsewhere' }),
  'aud begins like ours': (c) => rs({ ...c, aud: `${c.aud}x` }),
  'many audiences without azp': (c) => rs({ ...c, aud: ['elsewhere', c.aud] }),
  'wrong azp': (c) => rs({ ...c, azp: 'elsewhere' }),
  'wrong iss': (c) => rs({ ...c, iss: 'https://id.example.net' }),
  'iss with a slash more': (c) => rs({ ...c, iss: `${c.iss}/` }),
  expired: (c) => rs({ ...c, exp: now() - 120 }),
  'no exp': ({ exp, ...c }) => rs(c),
  'exp as text': (c) => rs({ ...c, exp: String(c.exp) }),
  'from the future': (c) => rs({ ...c, iat: now() + 600 }),
  'from last year': (c) => rs({ ...c, iat: now() - 31536000 }),
  'not yet': (c) => rs({ ...c, nbf: now() + 600 }),
  'no sub': ({ sub, ...c }) => rs(c),
  'empty sub': (c) => rs({ ...c, sub: '' }),
  'sub too long': (c) => rs({ ...c, sub: 'x'.repeat(256) }),
  'alg none': (c) => `${b64({ alg: 'none', kid: keys.rsa.kid })}.${b64(c)}.`,
  'alg None': (c) => `${b64({ alg: 'None', kid: keys.rsa.kid })}.${b64(c)}.`,
  'signature cut off': (c) => `${rs(c).split('.').slice(0, 2).join('.')}.`,
  'signature left out': (c) => rs(c).split('.').slice(0, 2).join('.'),
  'claims changed': (c) => {
    const [head, , made] = rs(c).split('.');
    return `${head}.${b64({ ...c, sub: 'u-1' })}.${made}`;
  },
  'HS256 with the public key': (c) =>
    mac({ alg: 'HS256', kid: keys.rsa.kid }, c, keys.rsa.publicKey.export({ type: 'spki', format: 'pem' })),
  'HS256 with the client secret': (c) => mac({ alg: 'HS256', kid: keys.rsa.kid }, c, CLIENT.secret),
  'alg twice': (c) => {
    const head = b64(`{"alg":"RS256","kid":"${keys.rsa.kid}","alg":"none"}`);
    return `${head}.${b64(c)}.`;
  },
  'another key under our id': (c) => sign({ alg: 'RS256', kid: keys.rsa.kid }, c, strangerRsa),
  'key in the head': (c) =>
    sign({ alg: 'RS256', jwk: strangerRsa.publicKey.export({ format: 'jwk' }), kid: keys.rsa.kid }, c, strangerRsa),
  'unknown key': (c) => sign({ alg: 'RS256', kid: 'nobody' }, c, strangerRsa),
  'keys swapped': (c) => sign({ alg: 'ES256', kid: keys.rsa.kid }, c, keys.ec),
  'RS256 said of an EC signature': (c) => sign({ alg: 'RS256', kid: keys.ec.kid }, c, keys.ec),
  'weak key': (c) => sign({ alg: 'RS256', kid: 'weak' }, c, weakRsa),
  'RS512': (c) => {
    const text = `${b64({ alg: 'RS512', kid: keys.rsa.kid })}.${b64(c)}`;
    return `${text}.${b64(crypto.sign('sha512', Buffer.from(text), keys.rsa.privateKey))}`;
  },
  'must be understood': (c) => sign({ alg: 'RS256', kid: keys.rsa.kid, crit: ['b64'], b64: true }, c, keys.rsa),
  'not a token': () => 'abc',
  'not JSON': () => sign({ alg: 'RS256', kid: keys.rsa.kid }, 'abc', keys.rsa),
  'a list': () => sign({ alg: 'RS256', kid: keys.rsa.kid }, ['x'], keys.rsa),
  empty: () => '',
};

function json(answer, status, body) {
  answer.writeHead(status, { 'Content-Type': 'application/json' });
  answer.end(JSON.stringify(body));
}

const pages = {
  '/.well-known/openid-configuration': (query, request, body, answer) => {
    count.description += 1;
    if (lie === 'silent') return;
    json(answer, lie === 'down' ? 503 : 200, {
      issuer: lie === 'another issuer' ? 'https://id.example.net' : issuer,
      authorization_endpoint: `${issuer}/authorize?realm=test`,
      token_endpoint: lie === 'token in the clear' ? 'http://id.example.net/token' : `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/keys`,
      authorization_response_iss_parameter_supported: true,
      ...(lie === 'post only' && { token_endpoint_auth_methods_supported: ['client_secret_post'] }),
    });
  },
  '/keys': (query, request, body, answer) => {
    count.keys += 1;
    const weak = { ...weakRsa.publicKey.export({ format: 'jwk' }), kid: 'weak', use: 'sig' };
    const secret = { kty: 'oct', kid: 'secret', k: b64(CLIENT.secret) };
    json(answer, 200, { keys: [secret, jwk(keys.ec), weak, jwk(keys.rsa)] });
  },
  '/authorize': (query, request, body, answer) => {
    const back = new URL(query.get('redirect_uri'));
    back.searchParams.set('state', query.get('state'));
    if (lie !== 'no iss') back.searchParams.set('iss', lie === 'iss of another' ? 'https://id.example.net' : issuer);
    const asked = Object.fromEntries(query);
    if (lie === 'no') {
      back.searchParams.set('error', 'access_denied');
    } else if (asked.realm === 'test' && asked.client_id === CLIENT.id && asked.response_type === 'code' &&
               asked.code_challenge_method === 'S256' && asked.scope.split(' ').includes('openid')) {
      const code = crypto.randomBytes(16).toString('hex');
      codes.set(code, asked);
      back.searchParams.set('code', code);
    } else {
      back.searchParams.set('error', 'invalid_request');
    }
    answer.writeHead(302, { Location: back.href });
    answer.end();
  },
  '/token': (query, request, body, answer) => {
    if (lie === 'token down') return json(answer, 502, {});
    if (lie === 'token is HTML') return answer.end('<html>');
    const given = new URLSearchParams(body);
    const [id, secret] = lie === 'post only' ? [given.get('client_id'), given.get('client_secret')]
      : Buffer.from((request.headers.authorization ?? '').slice(6), 'base64').toString().split(':')
        .map((x) => decodeURIComponent(x));
    if (id !== CLIENT.id || secret !== CLIENT.secret) return json(answer, 401, { error: 'invalid_client' });
    const asked = codes.get(given.get('code'));
    const challenge = crypto.createHash('sha256').update(given.get('code_verifier') ?? '').digest('base64url');
    if (!asked || used.has(given.get('code')) || asked.redirect_uri !== given.get('redirect_uri') ||
        asked.code_challenge !== challenge) {
      return json(answer, 400, { error: 'invalid_grant' });
    }
    used.add(given.get('code'));
    const { name, email, email_verified: verified, ...more } = person;
    const claims = { iss: issuer, aud: CLIENT.id, iat: now(), exp: now() + 300, nonce: asked.nonce, ...more,
      ...(!lie.startsWith('name elsewhere') && { name, email, email_verified: verified }) };
    json(answer, 200, { token_type: 'Bearer', access_token: 'an access token', id_token: (lies[lie] ?? rs)(claims) });
  },
  '/userinfo': (query, request, body, answer) => {
    if (request.headers.authorization !== 'Bearer an access token') return json(answer, 401, {});
    json(answer, 200, lie === 'name elsewhere, of another' ? { ...person, sub: 'u-1' } : person);
  },
  '/count': (query, request, body, answer) => json(answer, 200, count),
};

function serve(request, answer) {
  const url = new URL(request.url, issuer);
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const page = pages[url.pathname.replace(/^\/realm/, '')];
    if (page) page(url.searchParams, request, Buffer.concat(parts).toString(), answer);
    else json(answer, 404, {});
  });
}

const orders = {
  lie: (name) => { lie = name; },
  person: (text) => { person = JSON.parse(text); },
  rotate: () => { keys = newKeys(); },
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const [order, ...rest] = line.split(' ');
  orders[order](rest.join(' '));
  say({ done: order });
});

const tls = process.argv.includes('--tls');
const files = tls ? makeCertificate(ownFolder()) : {};
const port = await listen(tls ? https.createServer(readCertificate(files), serve) : http.createServer(serve));
const issuer = `${tls ? 'https' : 'http'}://127.0.0.1:${port}/realm`;
say({ port, issuer, client: CLIENT.id, secret: CLIENT.secret, ca: files.ca ?? '', lies: Object.keys(lies) });
