#!/bin/sh
# pg 8.23.1: a login that the client itself gives up leaves its connection open, although connect() has rejected.
#
# A server asks for SCRAM, and the client has no password. connect() rejects at once with a SASL error, but the socket
# stays open in both directions and keeps the process alive; the server's slot stays taken until its own limit for
# logins passes (authentication_timeout, a minute), and e.g. DROP DATABASE waits for it. A refusal that the server
# sends does not do that. Calling end() after the rejection is what closes it; the usual pattern, which calls end()
# only for a client that did connect, does not. Here a small server of its own speaks the first messages.
#
# Exits 0 while the behaviour is as described, non-zero when it changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund pg@8.23.1
cat > try.js <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const message = (kind, body) => {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const ANSWERS = {
  'asks for SCRAM, the client has no password': message(
    'R',
    Buffer.concat([Buffer.from([0, 0, 0, 10]), Buffer.from('SCRAM-SHA-256\0\0')]),
  ),
  'refuses by itself': message('E', Buffer.from('SFATAL\0C28000\0Mno such user\0\0')),
};

async function openAfterRejection(answer) {
  const sockets = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => (answer[0] === 69 ? socket.end(answer) : socket.write(answer)));
    // The answer to what a client says next: which mechanism it takes.
    socket.on('data', (part) => {
      if (part[0] === 112) {
        const nonce = /r=([^,\0]+)/.exec(part.toString('latin1'))[1];
        socket.write(message('R', Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from(`r=${nonce}x,s=c2FsdA==,i=4096`)])));
      }
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const client = new pg.Client({ host: '127.0.0.1', port: server.address().port, user: 'monitor', database: 'ledger' });
  client.on('error', () => undefined);
  const said = await client.connect().then(() => 'connected', (error) => error.message);
  await wait(1_000);
  const alive = () => sockets.filter((socket) => !socket.destroyed && socket.writable).length;
  const open = alive();
  await client.end().catch(() => undefined);
  await wait(200);
  const ended = alive();
  sockets.forEach((socket) => socket.destroy());
  server.close();
  return { said, open, ended };
}

delete process.env.PGPASSWORD;
const { version } = JSON.parse(readFileSync('node_modules/pg/package.json', 'utf8'));
console.log(`pg ${version}, node ${process.version}`);
const seen = [];
for (const [what, answer] of Object.entries(ANSWERS)) {
  const { said, open, ended } = await openAfterRejection(answer);
  seen.push(open, ended);
  console.log(`server ${what}: connect() rejects with "${said}"; connections open a second later: ${open}, after end(): ${ended}`);
}
const asDescribed = seen.join() === '1,0,0,0';
console.log(asDescribed ? 'as described: the given-up login stays open' : 'CHANGED: no longer as described');
process.exit(asDescribed ? 0 : 1);
JS
node try.js
