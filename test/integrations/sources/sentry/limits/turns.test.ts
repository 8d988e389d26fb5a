import assert from 'node:assert/strict';
import { PRIORITY } from '../../../../../src/integrations/sources/sentry/limits/priority-queue.ts';
import {
  createRequestQueue,
  type SlotRequest,
} from '../../../../../src/integrations/sources/sentry/limits/request-queue.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock, gate, NOW } from '../../../../support/time/clock.ts';

describe('whose turn it is', () => {
  const request = (
    priority: NonNullable<SlotRequest['queueing']>['priority'],
    owner = '',
    unless?: AbortSignal,
  ): SlotRequest => ({ ...scopeOf(), queueing: { priority, owner, ...(unless === undefined ? {} : { unless }) } });

  it('totals before rows, rows before details, details before the past; within a rank first come, first served', async () => {
    const requestQueue = createRequestQueue(1, createClock());
    const order: string[] = [];
    const ask = (
      name: string,
      priority: NonNullable<SlotRequest['queueing']>['priority'],
      endpoint = 'e',
    ): Promise<void> =>
      requestQueue.slot(
        endpoint,
        async () => {
          order.push(name);
          await gate(2);
        },
        request(priority),
      );
    await Promise.all([
      ask('first', PRIORITY.past),
      ask('past', PRIORITY.past),
      ask('details', PRIORITY.details, 'i'),
      ask('rows', PRIORITY.rows),
      ask('rows 2', PRIORITY.rows),
      ask('totals', PRIORITY.totals),
      ask('totals 2', PRIORITY.totals, 'i'),
    ]);
    assert.deepEqual(order, ['totals', 'totals 2', 'rows', 'rows 2', 'details', 'first', 'past']);
  });

  it('what is not needed any more leaves the line, and what is under way is not disturbed', async () => {
    const requestQueue = createRequestQueue(1, createClock());
    const unless = new AbortController();
    let end: () => void = () => undefined;
    const running = requestQueue.slot(
      'e',
      () => new Promise<string>((done) => (end = () => done('whole'))),
      request(PRIORITY.rows, 'a', unless.signal),
    );
    const waiting = requestQueue.slot(
      'e',
      async () => assert.fail('asked'),
      request(PRIORITY.rows, 'a', unless.signal),
    );
    await gate();
    unless.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    end();
    assert.equal(await running, 'whole');
  });

  it('a filter that was slow leaves two thirds of the slots to the others, and has all but one when nobody else waits, who may ask at any moment', async () => {
    const clock = createClock();
    const requestQueue = createRequestQueue(3, clock);
    await requestQueue.slot('e', async () => clock.advance(6000), request(PRIORITY.totals, 'slow'));
    const open: { readonly owner: string; end(): void }[] = [];
    const ask = (owner: string): Promise<void> =>
      requestQueue.slot(
        'e',
        () => new Promise<void>((done) => void open.push({ owner, end: done })),
        request(PRIORITY.rows, owner),
      );
    const all = [
      ask('fast'),
      ask('fast'),
      ask('fast'),
      ...['slow', 'slow', 'slow', 'fast', 'fast', 'fast', 'fast'].map(ask),
    ];
    const inFlight: string[] = [];
    for (let ended = 0; ended < all.length; ended++) {
      await gate(3);
      inFlight.push(
        open
          .map(({ owner }) => owner[0])
          .toSorted()
          .join(''),
      );
      // The fast ones end, the slow ones stay as long as there is another.
      open
        .splice(
          Math.max(
            0,
            open.findIndex(({ owner }) => owner === 'fast'),
          ),
          1,
        )[0]!
        .end();
    }
    await Promise.all(all);
    assert.deepEqual(inFlight, ['fff', 'ffs', 'ffs', 'ffs', 'ffs', 'ffs', 'fss', 'ss', 'ss', 's']);
  });

  it('filters that are all slow have all slots', async () => {
    const clock = createClock();
    const requestQueue = createRequestQueue(3, clock);
    const owners = ['a', 'b', 'c', 'd'];
    for (const owner of owners)
      await requestQueue.slot('e', async () => clock.advance(6000), request(PRIORITY.totals, owner));
    let open = 0;
    const ends: (() => void)[] = [];
    const all = owners.map((owner) =>
      requestQueue.slot(
        'e',
        () =>
          new Promise<void>((done) => {
            open++;
            ends.push(done);
          }),
        request(PRIORITY.rows, owner),
      ),
    );
    await gate(3);
    assert.equal(open, 3);
    for (let ended = 0; ended < owners.length; ended++) {
      ends[ended]!();
      await gate(3);
    }
    await Promise.all(all);
  });

  it('a filter that waits for an answer for a second has one slot while others wait, before it is known to be slow', async () => {
    const clock = createClock();
    const requestQueue = createRequestQueue(3, clock);
    const open: { readonly owner: string; end(): void }[] = [];
    const ask = (owner: string): Promise<void> =>
      requestQueue.slot(
        'e',
        () => new Promise<void>((done) => void open.push({ owner, end: done })),
        request(PRIORITY.rows, owner),
      );
    const all = ['late', 'a', 'b'].map(ask);
    await gate(3);
    clock.advance(999);
    all.push(...['late', 'c', 'late', 'd'].map(ask));
    const inFlight: string[] = [];
    for (const [name, ms] of [
      ['a', 1],
      ['b', 0],
      ['c', 0],
      ['d', 0],
    ] as const) {
      open
        .splice(
          open.findIndex(({ owner }) => owner === name),
          1,
        )[0]!
        .end();
      await gate(3);
      clock.advance(ms);
      inFlight.push(
        open
          .map(({ owner }) => owner)
          .toSorted()
          .join(' '),
      );
    }
    assert.deepEqual(
      inFlight,
      ['b late late', 'c late late', 'd late late', 'late late late'],
      'nobody knew before the second was over',
    );
    for (const { end } of open) end();
    await Promise.all(all);
  });

  it('a pause beyond the deadline ends at once the wait of those who queue already', async () => {
    const clock = createClock(() => true);
    const requestQueue = createRequestQueue(1, clock);
    let end: () => void = () => undefined;
    const running = requestQueue.slot('e', () => new Promise<void>((done) => (end = done)), scopeOf());
    const soon = requestQueue.slot('e', async () => 'asked', scopeOf({ deadline: NOW + 4000 }));
    const later = requestQueue.slot('e', async () => 'asked', scopeOf({ deadline: NOW + 6000 }));
    await gate();
    requestQueue.pause('e', 5000);
    await assert.rejects(soon, { message: "Sentry's limit: a 429 until 10:08 UTC" });
    end();
    await running;
    await gate();
    clock.advance(5000);
    assert.equal(await later, 'asked');
  });
});
