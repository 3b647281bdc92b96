// A mail server that keeps what it is given and prints it, a line of JSON a mail. How it treats a recipient is
// in the recipient's name:
//
//   no@ refused for good      later@ refused for now, the first two times (greylisting)     full@ refused for now, always
//   spam@ the message is refused for good      busy@ the message is refused for now      long@ refused in several lines
//   drop@ hangs up at the recipient     lost@ hangs up when it has the message     silent@ says nothing
//
//   node smtp_sink.mjs [--auth USER:PASSWORD] [--no-tls] [--tls-only]
//
// Orders by standard input, each a line:
//   greet TEXT     what it says first: "421 …", "554 …"; "220" again for the usual; "silent" for nothing
import net from 'node:net';
import { createInterface } from 'node:readline';
import tls from 'node:tls';
import { parseArgs } from 'node:util';

import { listen, makeCertificate, ownFolder, readCertificate, say } from './peer.mjs';

const { values: options } = parseArgs({
  options: { auth: { type: 'string' }, 'no-tls': { type: 'boolean' }, 'tls-only': { type: 'boolean' } },
});
const files = makeCertificate(ownFolder());
const certificate = readCertificate(files);
const seen = new Map(); // greylisting: recipient → how often
let greeting = '220';

const recipients = {
  no: () => '550 5.1.1 no such person',
  full: () => '452 4.2.2 mailbox full',
  later: (address) => {
    seen.set(address, (seen.get(address) ?? 0) + 1);
    return seen.get(address) > 2 ? '250 2.1.5 ok' : '451 4.7.1 come back later';
  },
  long: () => '550-5.7.1 this is\r\n550-5.7.1 a long\x07\r\n550 5.7.1 story',
};
const messages = { spam: '554 5.7.1 looks like spam', busy: '451 4.3.0 try again' };
const kind = (address) => address.split('@')[0].split('-')[0];

class Session {
  constructor(socket, secure) {
    this.secure = secure;
    this.asked = undefined;
    this.signedIn = !options.auth;
    this.reset();
    this.attach(socket);
    if (greeting === '220') this.reply('220 sink.example ESMTP');
    else if (greeting !== 'silent') this.reply(greeting);
  }

  reset() {
    this.from = undefined;
    this.to = [];
    this.message = undefined;
  }

  attach(socket) {
    this.socket = socket;
    this.rest = '';
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (text) => {
      this.rest += text;
      for (let at; (at = this.rest.indexOf('\r\n')) >= 0 && this.socket === socket;) {
        const line = this.rest.slice(0, at);
        this.rest = this.rest.slice(at + 2);
        if (this.message) this.take(line);
        else this.command(line);
      }
    });
  }

  reply(text) {
    this.socket.write(`${text}\r\n`);
  }

  command(line) {
    if (this.asked) {
      const way = this.asked;
      this.asked = undefined;
      return this.signIn(way, line);
    }
    const [verb] = line.split(/[ :]/, 1);
    const act = this[`on${verb.toUpperCase()}`];
    return act ? act.call(this, line) : this.reply('500 what?');
  }

  onEHLO() {
    const can = ['sink.example', 'SIZE 1000000'];
    if (!this.secure && !options['no-tls']) can.push('STARTTLS');
    if (options.auth && (this.secure || options['no-tls'])) can.push('AUTH PLAIN LOGIN');
    this.reply(can.map((x, i) => `250${i < can.length - 1 ? '-' : ' '}${x}`).join('\r\n'));
  }

  onSTARTTLS() {
    this.reply('220 go ahead');
    const plain = this.socket;
    plain.removeAllListeners('data');
    plain.setEncoding(); // bytes again
    this.secure = true;
    this.attach(new tls.TLSSocket(plain, { isServer: true, ...certificate }));
  }

  onAUTH(line) {
    const [, way, letters] = line.split(' ');
    if (!letters) {
      this.asked = way;
      return this.reply('334 ');
    }
    return this.signIn(way, letters);
  }

  signIn(way, letters) {
    const [, user, password] = Buffer.from(letters, 'base64').toString().split('\0');
    this.signedIn = way === 'PLAIN' && `${user}:${password}` === options.auth;
    this.reply(this.signedIn ? '235 ok' : '535 5.7.8 wrong password');
  }

  onMAIL(line) {
    if (!this.signedIn) return this.reply('530 5.7.0 sign in first');
    this.from = /<(.*)>/.exec(line)[1];
    return this.reply(kind(this.from) === 'stranger' ? '553 5.7.1 not from you' : '250 ok');
  }

  onRCPT(line) {
    const [, address] = /<(.*)>/.exec(line);
    if (kind(address) === 'drop') return this.socket.destroy();
    if (kind(address) === 'silent') return undefined;
    const answer = recipients[kind(address)]?.(address) ?? '250 ok';
    if (answer.startsWith('250')) this.to.push(address);
    return this.reply(answer);
  }

  onDATA() {
    this.message = [];
    this.reply('354 go on');
  }

  take(line) {
    if (line !== '.') {
      this.message.push(line.startsWith('.') ? line.slice(1) : line);
      return;
    }
    const [to] = this.to;
    if (messages[kind(to)]) {
      this.reply(messages[kind(to)]);
    } else {
      say({ from: this.from, to, secure: this.secure, signedIn: Boolean(options.auth), data: this.message.join('\r\n') });
      if (kind(to) === 'lost') this.socket.destroy();
      else this.reply('250 taken');
    }
    this.reset();
  }

  onRSET() {
    this.reset();
    this.reply('250 ok');
  }

  onQUIT() {
    this.reply('221 bye');
    this.socket.end();
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  greeting = line.slice('greet '.length);
  say({ done: 'greet' });
});

const port = options['tls-only']
  ? await listen(tls.createServer(certificate, (socket) => new Session(socket, true)))
  : await listen(net.createServer((socket) => new Session(socket, false)));
say({ port, ca: files.ca });
