'use strict';

/** For the soak: a clock that is shifted, and a look at the heap, over a loopback port told in one JSON line. */
const http = require('node:http');
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose_gc');
const gc = vm.runInNewContext('gc');
const real = Date.now;
let offset = 0;
Date.now = () => real() + offset;

const server = http.createServer((request, response) => {
  offset = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('offset'));
  gc();
  gc();
  const handles = process
    .getActiveResourcesInfo()
    .reduce((all, name) => ({ ...all, [name]: (all[name] ?? 0) + 1 }), {});
  response.setHeader('connection', 'close');
  response.end(JSON.stringify({ heap: process.memoryUsage().heapUsed, handles }));
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ msg: 'soak', port: server.address().port })}\n`),
);
server.unref();
