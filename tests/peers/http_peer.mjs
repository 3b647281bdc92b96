// A server over HTTP and HTTPS that says back what it was asked, or misbehaves as its path says.
import http from 'node:http';
import https from 'node:https';

import { listen, makeCertificate, ownFolder, readCertificate, say } from './peer.mjs';

const paths = {
  '/echo': (request, body, answer) => {
    const { method, url, headers } = request;
    answer.writeHead(200, { 'Content-Type': 'application/json' });
    answer.end(JSON.stringify({ method, url, headers, body: body.toString(), bytes: body.length }));
  },
  '/status': (request, body, answer) => {
    answer.writeHead(Number(request.url.split('/')[2]));
    answer.end('as asked');
  },
  '/silent': () => {}, // takes the request and never answers
  '/drop': (request) => request.socket.destroy(),
  '/half': (request, body, answer) => {
    answer.writeHead(200, { 'Content-Length': 1000 });
    answer.write('half');
    setImmediate(() => request.socket.destroy());
  },
  '/big': (request, body, answer) => answer.end('x'.repeat(100000)),
  '/endless': (request, body, answer) => {
    const more = () => { while (answer.write('x'.repeat(10000))); };
    answer.on('drain', more);
    more();
  },
  '/again': (request, body, answer) => {
    answer.writeHead(302, { Location: '/echo/moved' });
    answer.end('moved');
  },
  '/round': (request, body, answer) => {
    answer.writeHead(302, { Location: '/round' });
    answer.end();
  },
  '/file': (request, body, answer) => {
    answer.writeHead(302, { Location: 'file:///etc/hostname' });
    answer.end();
  },
  '/clear': (request, body, answer) => {
    answer.writeHead(302, { Location: `http://127.0.0.1:${port}/echo/clear` });
    answer.end();
  },
  '/port': (request, body, answer) => answer.end(String(request.socket.remotePort)),
};

function serve(request, answer) {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => paths[`/${request.url.split(/[/?]/)[1]}`](request, Buffer.concat(parts), answer));
}

const files = makeCertificate(ownFolder());
const port = await listen(http.createServer(serve));
const tls = await listen(https.createServer(readCertificate(files), serve));
const foreign = makeCertificate(ownFolder(), 'DNS:elsewhere.example');
const elsewhere = await listen(https.createServer(readCertificate(foreign), serve));
say({ port, tls, ca: files.ca, elsewhere, elsewhereCa: foreign.ca });
