import assert from 'node:assert/strict';
import { compareEvents, comparedText } from '../../../src/commands/why/events.ts';
import type { IntakeDeps } from '../../../src/integrations/plugin.ts';
import { eventOf } from '../../support/events/events.ts';
import { fakeStore } from '../../support/events/fake-store.ts';

const CART = { by: 'frames', parts: ['KeyError', 'shop/views.py in get_cart', 'shop/carts.py in load'], kept: [] };
const PAY = { by: 'frames', parts: ['KeyError', 'shop/views.py in get_cart', 'shop/pay.py in pay'], kept: [] };
const SAID = { by: 'text', parts: ['shop', 'order <n> failed'], kept: ['tenant blue'] };
const [KEY, OTHER] = [`1:${'a'.repeat(32)}`, `1:${'b'.repeat(32)}`];

describe('why of two events', () => {
  const store = fakeStore();
  store.put('web', eventOf('c-1', { issueId: 'cart' }), eventOf('c-2', { issueId: 'cart' }));
  store.put('web', eventOf('p-1', { issueId: 'pay' }), eventOf('s-1', { issueId: 'said' }));
  store.put('web', eventOf('k-1', { issueId: KEY }), eventOf('k-2', { issueId: OTHER }), eventOf('v-1'));
  store.put('api', eventOf('c-3', { issueId: 'cart' }));
  const groupings = new Map([
    ['cart', CART],
    ['pay', PAY],
    ['said', SAID],
  ]);
  store.groupingOf = async ({ issueId }) => groupings.get(issueId) ?? null;
  const intakes = { store, names: ['web', 'api'] } as unknown as IntakeDeps;
  const compare = (one: string, other: string) => compareEvents([one, other], intakes as never);
  const why = async (one: string, other: string) => (await compare(one, other)).why;

  it('says what they have in common', async () => {
    assert.deepEqual(await compare('c-1', 'c-2'), {
      events: [
        { event: 'c-1', intake: 'web', issue: 'cart' },
        { event: 'c-2', intake: 'web', issue: 'cart' },
      ],
      isOneIssue: true,
      why: [
        'by the exceptions and the calls of their tracebacks',
        'both: KeyError',
        'both: shop/views.py in get_cart',
        'both: shop/carts.py in load',
      ],
    });
  });

  it('says which pieces differ', async () => {
    const { isOneIssue, why: said } = await compare('c-1', 'p-1');
    assert.equal(isOneIssue, false);
    assert.deepEqual(said.slice(1), ['only the first: shop/carts.py in load', 'only the second: shop/pay.py in pay']);
    assert.deepEqual(await why('c-1', 's-1'), ['one is grouped by frames, the other by text']);
  });

  it('of two intakes are two issues, whatever they say', async () => {
    const { isOneIssue, why: said } = await compare('c-1', 'c-3');
    assert.deepEqual([isOneIssue, said], [false, ['the same in two intakes, web and api: each has its own issues']]);
  });

  it('says so where it is not kept, and where somebody else groups', async () => {
    assert.match((await why('k-1', 'k-2'))[0]!, /^why 1:a{32} and 1:b{32} is an issue was not kept yet/);
    assert.match((await why('v-1', 'c-1'))[0]!, /^6507376925: it was not grouped here/);
  });

  it('names an event that nobody has, and needs an intake', async () => {
    await assert.rejects(compare('c-1', 'no'), /no intake has an event "no"/);
    await assert.rejects(compareEvents(['a', 'b'], undefined), /no filters file sets up an intake/);
  });

  it('is said in lines of a terminal', async () => {
    const text = comparedText(await compare('c-1', 'p-1'));
    assert.match(text, /^c-1, web: issue cart\np-1, web: issue pay\nThey are two issues:\n {3}by the exceptions/);
    assert.ok(text.split('\n').every((line) => line.length <= 80));
  });
});
