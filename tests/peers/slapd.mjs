// Debian's slapd with a directory of a few people, in a folder of its own; and a port that takes connections
// and says nothing.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

import { atEnd, listen, makeCertificate, ownFolder, say } from './peer.mjs';

const SLAPD = '/usr/sbin/slapd';
const SUFFIX = 'dc=example,dc=cn';

if (!existsSync(SLAPD)) {
  say({ skip: 'slapd is not installed' });
  process.exit(0);
}

const folder = ownFolder();
const files = makeCertificate(folder);
mkdirSync(join(folder, 'db'));
writeFileSync(join(folder, 'slapd.conf'), `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/slapd.pid
# Takes a bind without a password as an anonymous one, and says yes: so the refusal must be ours.
allow bind_anon_cred
TLSCACertificateFile ${files.ca}
TLSCertificateFile ${files.cert}
TLSCertificateKeyFile ${files.key}
database mdb
maxsize 10485760
suffix "${SUFFIX}"
directory ${folder}/db
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=service,${SUFFIX}" read by dn.exact="cn=blind,${SUFFIX}" search by * none
`);

const b64 = (text) => Buffer.from(text).toString('base64');
const person = (ou, uid, { cn, mail, password }) => `
dn:: ${b64(`uid=${uid},ou=${ou},${SUFFIX}`)}
objectClass: inetOrgPerson
uid:: ${b64(uid.replaceAll('\\2c', ',').replaceAll('\\', ''))}
cn:: ${b64(cn)}
sn:: ${b64(cn.slice(0, 1))}
${mail ? `mail: ${mail}\n` : ''}${password ? `userPassword:: ${b64(password)}\n` : ''}`;
const service = (cn, password) => `
dn: cn=${cn},${SUFFIX}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: ${cn}
userPassword: ${password}
`;
const unit = (ou) => `
dn: ou=${ou},${SUFFIX}
objectClass: organizationalUnit
ou: ${ou}
`;
writeFileSync(join(folder, 'people.ldif'), [
  `dn: ${SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: example\ndc: example\n`,
  service('service', 'service password'), service('blind', 'blind password'), unit('people'), unit('branch'),
  person('people', 'wang', { cn: '王小明', mail: 'wang@example.gov.cn', password: '密码 with spaces' }),
  person('people', 'li', { cn: '李丽', password: 'li' }),
  person('people', 'keyless', { cn: '无密码' }),
  person('people', 'twice', { cn: '一', password: 'same' }),
  person('branch', 'twice', { cn: '二', password: 'same' }),
  person('people', 'star*(x)', { cn: '星', password: 'star' }),
].join('\n'));
execFileSync('/usr/sbin/slapadd', ['-f', join(folder, 'slapd.conf'), '-l', join(folder, 'people.ldif')],
  { stdio: ['ignore', 'ignore', 'inherit'] });

// slapd does not take "any port": one that is free now may be taken a moment later, so it is tried again.
async function freePort() {
  const server = net.createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}

async function start() {
  const [ldap, ldaps] = [await freePort(), await freePort()];
  const slapd = spawn(SLAPD, ['-f', join(folder, 'slapd.conf'), '-d', '0', '-h',
    `ldap://127.0.0.1:${ldap} ldaps://127.0.0.1:${ldaps}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  let ended = false;
  const end = new Promise((resolve) => slapd.on('exit', () => { ended = true; resolve(); }));
  while (!ended && !(await answers(ldap) && await answers(ldaps)));
  if (ended) return undefined;
  atEnd(async () => { slapd.kill(); await end; });
  return { ldap, ldaps };
}

let ports;
for (let i = 0; i < 5 && !ports; i += 1) ports = await start();
const silent = await listen(net.createServer(() => {}));
say({ ...ports, silent, ca: files.ca, suffix: SUFFIX });
