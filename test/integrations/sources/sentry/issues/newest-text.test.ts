import assert from 'node:assert/strict';
import { tracebackOf } from '../../../../../src/integrations/sources/sentry/issues/traceback.ts';
import { mock, type Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { API, createSource } from '../../../../support/sentry/sentry.ts';

const FRAMES = [
  {
    absPath: '/srv/shop/main.py',
    filename: 'shop/main.py',
    function: 'run',
    lineNo: 5,
    context: [
      [4, 'a'],
      [5, '  total(cart)'],
    ],
  },
  { filename: 'shop/cart.py', function: null, lineNo: null },
  { module: 'shop.cart', function: 'total\n()' },
  {},
];
const exception = (...values: readonly unknown[]) => ({ entries: [{ type: 'exception', data: { values } }] });
const CART = { type: 'KeyError', value: "'cart-17'", stacktrace: { frames: FRAMES } };
const TEXT = `Traceback (most recent call last):
  File "/srv/shop/main.py", line 5, in run
    total(cart)
  File "shop/cart.py", in ?
  File "shop.cart", in total ()
  File "?", in ?
KeyError: 'cart-17'`;

describe('what an event of Sentry says', () => {
  for (const [what, event, text] of [
    ['an exception with its calls', exception(CART), TEXT],
    [
      'a chain, the last one raised at its end',
      exception(CART, { type: 'CartError', value: null }),
      `${TEXT}\n\nDuring handling of the above exception, another exception occurred:\n\nCartError`,
    ],
    ['an exception of which nothing is known', exception({ stacktrace: { frames: 'none' } }), 'Error'],
    ['a message', { entries: [{ type: 'message', data: { formatted: 'cart 17 is empty' } }] }, 'cart 17 is empty'],
    ['a message as it was before', { entries: [{ type: 'message', data: { message: 'cart %s' } }] }, 'cart %s'],
    ['a message beside its entries', { entries: [], message: 'cart' }, 'cart'],
    ['neither', { entries: [{ type: 'request', data: {} }], message: '' }, null],
    ['no list', { entries: { type: 'exception' } }, null],
    ['no event', ['exception'], null],
  ] as const)
    it(`is: ${what}`, () => assert.equal(tracebackOf(event), text));

  it('is bounded, whatever it holds', () => {
    const frames = Array.from({ length: 5_000 }, (_, line) => ({
      filename: 'x'.repeat(9_000),
      function: 'f',
      lineNo: line,
    }));
    const text = tracebackOf(
      exception(...Array(50).fill({ type: 'E', value: 'y'.repeat(1e5), stacktrace: { frames } })),
    )!;
    assert.ok(text.length < 500_000, String(text.length));
    assert.match(text, /^Traceback .*\n {2}\(4900 calls are left out here\)\n/);
    assert.equal(text.match(/^E: /gm)!.length, 10);
  });
});

describe('the newest event of an issue', () => {
  const ask = (...replies: readonly (readonly [path: string, reply: Reply])[]) => {
    for (const [path, reply] of replies) mock({ url: path, query: [] }, reply);
    return createSource().newestText!('4711', scopeOf());
  };
  const [own, old] = [
    `${API}/issues/4711/events/latest/`,
    `${API.replace(/\/organizations\/.*$/, '')}/issues/4711/events/latest/`,
  ];
  const gone = { status: 404, body: { detail: 'The requested resource does not exist' } };

  it('is asked of the organization, and of older servers outside of it', async () => {
    assert.equal(await ask([own, { body: exception(CART) }]), TEXT);
    assert.equal(await ask([own, gone], [old, { body: exception(CART) }]), TEXT);
    assert.equal(await ask([own, gone], [old, gone]), null);
  });

  it('is not there for who may not read it, and that is said', () =>
    assert.rejects(ask([own, { status: 403, body: {} }]), /answered 403/));
});
