import assert from 'node:assert/strict';
import { readLog } from '../../../support/logs/read.ts';
import { TRACEBACKS } from '../../../support/logs/tracebacks.ts';

const TRACE = TRACEBACKS['carets']!.join('\n');
const STACK = [
  'TypeError: no cart',
  '    at total (/srv/acme/shop/cart.js:12:9)',
  '    at async file:///srv/acme/node_modules/express/lib/router.js:7:3',
  '    [cause]: Error: gone',
  '        at load (/srv/acme/shop/db.js:3:1)',
].join('\n');

function read(...objects: readonly object[]) {
  return readLog(objects.map((it) => JSON.stringify(it)).join('\n'), { format: 'json' });
}

describe('logs of JSON', () => {
  it('of pino', () => {
    const { events, skipped } = read(
      { level: 30, time: 1_795_911_000_000, msg: 'ready' },
      {
        ...{
          level: 50,
          time: 1_795_911_046_845,
          pid: 1,
          hostname: 'web-1',
          name: 'shop',
          msg: 'no cart',
          user: { id: 7 },
        },
        err: { type: 'TypeError', message: 'no cart', stack: STACK },
      },
    );
    assert.equal(skipped.level, 1);
    const [event] = events;
    assert.deepEqual(
      [event!.title, event!.culprit, event!.level, event!.at, event!.user, event!.tags],
      [
        'TypeError: no cart, caused by Error',
        'shop/cart.js in total',
        'error',
        1_795_911_046_845,
        '7',
        { logger: 'shop', hostname: 'web-1' },
      ],
    );
    assert.deepEqual(event!.sample!.context, ['ready']);
  });

  it('of structlog', () => {
    const { events } = read({
      event: 'cart failed',
      level: 'error',
      timestamp: '2026-11-29T00:10:46.845Z',
      exception: TRACE,
      cart: 17,
    });
    assert.deepEqual(
      events.map(({ title, at, tags, sample }) => [title, at, tags, sample!.frames.length]),
      [["KeyError: 'cart-17'", Date.parse('2026-11-29T00:10:46.845Z'), { cart: '17' }, 1]],
    );
  });

  it('of python-json-logger', () => {
    const { events } = read({
      asctime: '2026-11-29 00:10:46,845',
      levelname: 'CRITICAL',
      name: 'acme',
      message: 'down',
      exc_info: TRACE,
    });
    assert.deepEqual(
      events.map(({ title, level, at, tags }) => [title, level, at, tags]),
      [["KeyError: 'cart-17'", 'fatal', Date.parse('2026-11-29T00:10:46.845Z'), { logger: 'acme' }]],
    );
  });

  it('of loguru', () => {
    const record = {
      ...{ level: { name: 'ERROR' }, message: 'boom', name: '__main__', function: 'f', line: 6, extra: { shop: 'a' } },
      ...{
        time: { timestamp: 1_795_911_046.845 },
        exception: { type: 'KeyError', value: "'cart-17'", traceback: true },
      },
    };
    const { events } = read({ text: `x - boom\n${TRACE}`, record });
    assert.deepEqual(
      events.map(({ title, at, tags }) => [title, at, tags]),
      [["KeyError: 'cart-17'", 1_795_911_046_845, { logger: '__main__', shop: 'a' }]],
    );
  });

  it('with an exception and no stack, or nothing but a message', () => {
    const { events } = read(
      { level: 'error', err: { type: 'Refused', message: 'port 5432' } },
      { level: 'error', message: 'only this', logger: 'a' },
    );
    assert.deepEqual(
      events.map(({ title, culprit }) => [title, culprit]),
      [
        ['Refused: port 5432', null],
        ['only this', 'a'],
      ],
    );
  });

  it('keep the digits of what no number holds', () => {
    const { events } = readLog('{"level":"error","msg":"x","order":700594297938165774,"small":12}', { format: 'json' });
    assert.deepEqual(events[0]!.tags, { order: '700594297938165774', small: '12' });
  });

  it('reject what is no object', () => {
    const { events, rejects } = readLog('{"level":"error","msg":"x"}\n[1]\nnot json\n\n"text"\n', { format: 'json' });
    assert.equal(events.length, 1);
    assert.deepEqual(
      rejects.map(({ reason, text }) => [reason, text]),
      [
        ['the line is no JSON object', '[1]'],
        ['the line is no JSON object', 'not json'],
        ['an empty line', ''],
        ['the line is no JSON object', '"text"'],
      ],
    );
  });
});
