'use strict';

// Preload of a real process (node -r): breaks it in the way that BREAK names. The error holds every value of the
// variables that BREAK_WITH names, wherever an error can hold something.

const http = require('node:http');
const { Server } = require('node:net');
const { syncBuiltinESMExports } = require('node:module');

const { BREAK, BREAK_WITH = '', BREAK_AFTER = '' } = process.env;
const secrets = BREAK_WITH.split(',').map((name) => process.env[name]);

function failure() {
  const words = secrets.join(' and ');
  const cause = new Error(`cause-marker ${words}`);
  const error = new TypeError(`broke on ${words}`, { cause });
  Object.assign(error, {
    marker: 'own-property-marker',
    config: { headers: { Authorization: `Bearer ${words}` }, params: { token: words } },
    request: { path: `/?token=${encodeURIComponent(words)}` },
    errors: [new Error(words)],
  });
  return error;
}

function fail() {
  throw failure();
}

/**
 * Calls `act` once a request whose path contains BREAK_AFTER was answered, from inside the client's own callback. Posts
 * of no record do not count: with them a start only looks whether a sink takes its key.
 */
function whenAnswered(act) {
  const ask = http.request;
  http.request = function request(...args) {
    const made = ask.apply(this, args);
    if (made.path.includes(BREAK_AFTER) && Number(made.getHeader('content-length')) !== '[]'.length)
      made.prependOnceListener('response', act);
    return made;
  };
  http.get = function get(...args) {
    return http.request(...args).end();
  };
  syncBuiltinESMExports();
}

const WAYS = {
  timer: () => whenAnswered(() => setTimeout(fail, 0)),
  callback: () => whenAnswered(fail),
  rejection: () => whenAnswered(() => void Promise.reject(failure())),
  'plain object': () =>
    whenAnswered(() => {
      throw { marker: 'own-property-marker', token: secrets.join() };
    }),
  text: () =>
    whenAnswered(() => {
      throw `text with ${secrets.join(' ')}`;
    }),
  'no stack': () =>
    whenAnswered(() => {
      throw Object.assign(failure(), { stack: { token: secrets.join() } });
    }),
  'hostile stack': () =>
    whenAnswered(() => {
      throw Object.defineProperty(failure(), 'stack', { get: fail });
    }),
  'rejected text': () => whenAnswered(() => void Promise.reject(`text with ${secrets.join(' ')}`)),
  twice: () =>
    whenAnswered(() => {
      void Promise.reject(failure());
      void Promise.reject(failure());
      throw failure();
    }),
  'full pipe': () =>
    whenAnswered(() => {
      for (let n = 0; n < 400; n++) process.stdout.write(`${'x'.repeat(999)}\n`);
      fail();
    }),
  'no port': () => {
    Server.prototype.listen = fail;
  },
  'a port': () => {
    const { listen } = Server.prototype;
    Server.prototype.listen = function listenAndFail(...args) {
      this.once('listening', () => setImmediate(fail));
      return listen.apply(this, args);
    };
  },
  'no words': () => {
    process.stdout.write = fail;
  },
};

WAYS[BREAK]();
