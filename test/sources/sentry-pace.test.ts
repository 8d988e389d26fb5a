import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBudget, type SlotClaim } from '../../src/sources/sentry/budget.ts';
import { createFlow } from '../../src/sources/sentry/flow.ts';
import { RANKS } from '../../src/sources/sentry/line.ts';
import { createPace } from '../../src/sources/sentry/pace.ts';
import { createClock, NOW, turns } from '../support/clock.ts';
import { scopeOf } from '../support/scope.ts';

/** A Sentry's fixed windows, by its own clock, which is `aheadMs` ahead of ours (SA §8.1). */
function serverOf(requests: number, seconds: number, aheadMs: number) {
  let window = -1;
  const used = { count: 0, most: 0 };
  return {
    used,
    /** Headers of the answer to a request that arrives at `at` of our clock. `others` were there in the meantime. */
    answer: (at: number, others = 0): Record<string, string> => {
      const theirs = at + aheadMs;
      const now = Math.floor(theirs / 1000 / seconds);
      if (now !== window) [window, used.count] = [now, others];
      used.most = Math.max(used.most, ++used.count);
      return {
        date: new Date(theirs).toUTCString(), 'x-sentry-rate-limit-limit': String(requests), 'x-sentry-rate-limit-remaining': String(Math.max(0, requests - used.count)),
        'x-sentry-rate-limit-reset': String((now + 1) * seconds), 'x-sentry-rate-limit-concurrentlimit': '15', 'x-sentry-rate-limit-concurrentremaining': '14',
      };
    },
  };
}

describe("the pace of one of Sentry's endpoints", () => {
  it('never passes what the server allows in any of its windows, whatever its clock, and uses most of it', () => {
    fc.assert(fc.property(fc.integer({ min: 5, max: 100 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: -5_000_000, max: 5_000_000 }), fc.integer({ min: 1, max: 400 }), (requests, seconds, aheadMs, tripMs) => {
      const pace = createPace(0);
      const server = serverOf(requests, seconds, aheadMs);
      const spanMs = seconds * 20_000;
      let [now, sent, answered] = [NOW, 0, 0];
      // A first request alone, then one whenever it may, each heard of after its trip.
      const open: { readonly sentAt: number; readonly headers: Record<string, string> }[] = [];
      for (; now < NOW + spanMs; now++) {
        const here = open[0] !== undefined && open[0].sentAt + tripMs <= now ? open.shift() : undefined;
        if (here !== undefined) {
          pace.heard({ status: 200, ...here });
          pace.ended();
          answered++;
        }
        if (pace.waitMs(now) > 0 || !pace.hasRoom() || (answered === 0 && sent > 0)) continue;
        pace.began(now);
        open.push({ sentAt: now, headers: server.answer(now) });
        sent++;
      }
      assert.ok(server.used.most <= requests, `${server.used.most} of ${requests} in ${seconds} s`);
      // By the limit, and by fifteen at once.
      const possible = Math.min((requests * spanMs) / (seconds * 1000), (15 * spanMs) / tripMs, spanMs);
      assert.ok(sent > possible * 0.6, `${sent} of ${possible}`);
    }), { numRuns: 40 });
  });

  it('leaves others what they take', () => {
    const pace = createPace(0);
    const server = serverOf(30, 1, 0);
    const at = Math.ceil(NOW / 1000) * 1000;
    pace.began(at);
    pace.heard({ status: 200, sentAt: at, headers: server.answer(at, 20) });
    pace.ended();
    let sent = 1;
    for (; pace.waitMs(at) === 0; sent++) pace.began(at);
    assert.equal(sent, 30 - 20 - 2, 'the limit, less the others, less what is kept free');
  });

  it('keeps to the requests at once that are left to us', () => {
    const pace = createPace(0);
    for (let n = 0; n < 4; n++) pace.began(NOW);
    pace.heard({ status: 200, sentAt: NOW, headers: { 'x-sentry-rate-limit-concurrentlimit': '15', 'x-sentry-rate-limit-concurrentremaining': '1' } });
    const seen: boolean[] = [];
    for (let n = 4; n < 7; n++) {
      seen.push(pace.hasRoom());
      pace.began(NOW);
    }
    // 14 are there, four of them ours: others hold ten.
    assert.deepEqual(seen, [true, false, false]);
  });

  it('takes its own requests for its own when they leave a moment after their start', () => {
    const pace = createPace(0);
    for (let n = 0; n < 5; n++) pace.began(NOW);
    for (let left = 4; left > 0; left--) {
      pace.heard({ status: 200, sentAt: NOW + 2, headers: { 'x-sentry-rate-limit-concurrentlimit': '15', 'x-sentry-rate-limit-concurrentremaining': '10' } });
      pace.ended();
    }
    const seen: boolean[] = [];
    for (let n = 1; n < 16; n++) {
      seen.push(pace.hasRoom());
      pace.began(NOW + 10);
    }
    assert.deepEqual(seen, [...Array<boolean>(14).fill(true), false], 'one is still under way, fourteen more may leave');
  });

  for (const [what, headers] of [
    ['none at all', {}], ['nonsense', { 'x-sentry-rate-limit-limit': 'many', 'x-sentry-rate-limit-reset': '-1' }], ['a limit of nothing', { 'x-sentry-rate-limit-limit': '0' }],
    ['a limit without a clock', { 'x-sentry-rate-limit-limit': '3', 'x-sentry-rate-limit-remaining': '0', 'x-sentry-rate-limit-reset': '1795168800' }],
  ] as const) {
    it(`headers that say ${what} hold up nobody`, () => {
      const pace = createPace(0);
      for (let n = 0; n < 50; n++) {
        pace.began(NOW);
        pace.heard({ status: 200, sentAt: NOW, headers });
      }
      assert.deepEqual([pace.waitMs(NOW), pace.hasRoom()], [0, true]);
    });
  }
});

describe('the flow of requests to Sentry', () => {
  it('begins with five and grows by one per answer, up to the most', () => {
    const flow = createFlow(8);
    const seen = [flow.slots()];
    for (let n = 0; n < 5; n++) {
      flow.heard({ sentAt: n, isOverloaded: false }, n);
      seen.push(flow.slots());
    }
    assert.deepEqual(seen, [5, 6, 7, 8, 8, 8]);
  });

  it('is halved once for all that left before the halving, and recovers slowly', () => {
    const flow = createFlow(10);
    for (let n = 0; n < 9; n++) flow.heard({ sentAt: n, isOverloaded: false }, n);
    for (const sentAt of [10, 11, 12]) flow.heard({ sentAt, isOverloaded: true }, 20);
    assert.equal(flow.slots(), 5);
    flow.heard({ sentAt: 21, isOverloaded: true }, 22);
    assert.equal(flow.slots(), 2);
    let answers = 0;
    for (; flow.slots() < 10; answers++) flow.heard({ sentAt: 30, isOverloaded: false }, 30);
    assert.ok(answers > 30 && answers < 60, `${answers} answers`);
  });

  it('never dries up', () => {
    const flow = createFlow(3);
    for (let n = 1; n < 20; n++) flow.heard({ sentAt: 10 * n, isOverloaded: true }, 10 * n + 1);
    assert.equal(flow.slots(), 1);
  });
});

describe('whose turn it is', () => {
  const claim = (rank: NonNullable<SlotClaim['turn']>['rank'], owner = '', unless?: AbortSignal): SlotClaim => ({ ...scopeOf(), turn: { rank, owner, ...(unless === undefined ? {} : { unless }) } });

  it('totals before rows, rows before details, details before the past; within a rank first come, first served', async () => {
    const budget = createBudget(1, createClock());
    const order: string[] = [];
    const ask = (name: string, rank: NonNullable<SlotClaim['turn']>['rank'], endpoint = 'e'): Promise<void> => budget.slot(endpoint, async () => {
      order.push(name);
      await turns(2);
    }, claim(rank));
    await Promise.all([ask('first', RANKS.past), ask('past', RANKS.past), ask('details', RANKS.details, 'i'), ask('rows', RANKS.rows), ask('rows 2', RANKS.rows), ask('totals', RANKS.totals), ask('totals 2', RANKS.totals, 'i')]);
    assert.deepEqual(order, ['totals', 'totals 2', 'rows', 'rows 2', 'details', 'first', 'past']);
  });

  it('what is not needed any more leaves the line, and what is under way is not disturbed', async () => {
    const budget = createBudget(1, createClock());
    const unless = new AbortController();
    let end: () => void = () => undefined;
    const running = budget.slot('e', () => new Promise<string>((done) => (end = () => done('whole'))), claim(RANKS.rows, 'a', unless.signal));
    const waiting = budget.slot('e', async () => assert.fail('asked'), claim(RANKS.rows, 'a', unless.signal));
    await turns();
    unless.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    end();
    assert.equal(await running, 'whole');
  });

  it('a filter that was slow leaves two thirds of the slots to the others, and has them all when nobody else waits', async () => {
    const clock = createClock();
    const budget = createBudget(3, clock);
    await budget.slot('e', async () => clock.advance(6000), claim(RANKS.totals, 'slow'));
    const open: { readonly owner: string; end(): void }[] = [];
    const ask = (owner: string): Promise<void> => budget.slot('e', () => new Promise<void>((done) => void open.push({ owner, end: done })), claim(RANKS.rows, owner));
    const all = [ask('fast'), ask('fast'), ask('fast'), ...['slow', 'slow', 'slow', 'fast', 'fast', 'fast', 'fast'].map(ask)];
    const inFlight: string[] = [];
    for (let ended = 0; ended < all.length; ended++) {
      await turns(3);
      inFlight.push(open.map(({ owner }) => owner[0]).toSorted().join(''));
      // The fast ones end, the slow ones stay as long as there is another.
      open.splice(Math.max(0, open.findIndex(({ owner }) => owner === 'fast')), 1)[0]!.end();
    }
    await Promise.all(all);
    assert.deepEqual(inFlight, ['fff', 'ffs', 'ffs', 'ffs', 'ffs', 'ffs', 'fss', 'sss', 'ss', 's']);
  });

  it('a filter that waits for an answer for a second has one slot while others wait, before it is known to be slow', async () => {
    const clock = createClock();
    const budget = createBudget(3, clock);
    const open: { readonly owner: string; end(): void }[] = [];
    const ask = (owner: string): Promise<void> => budget.slot('e', () => new Promise<void>((done) => void open.push({ owner, end: done })), claim(RANKS.rows, owner));
    const all = ['late', 'a', 'b'].map(ask);
    await turns(3);
    clock.advance(999);
    all.push(...['late', 'c', 'late', 'd'].map(ask));
    const inFlight: string[] = [];
    for (const [name, ms] of [['a', 1], ['b', 0], ['c', 0], ['d', 0]] as const) {
      open.splice(open.findIndex(({ owner }) => owner === name), 1)[0]!.end();
      await turns(3);
      clock.advance(ms);
      inFlight.push(open.map(({ owner }) => owner).toSorted().join(' '));
    }
    assert.deepEqual(inFlight, ['b late late', 'c late late', 'd late late', 'late late late'], 'nobody knew before the second was over');
    for (const { end } of open) end();
    await Promise.all(all);
  });

  it('a pause beyond the deadline ends at once the wait of those who queue already', async () => {
    const clock = createClock(() => true);
    const budget = createBudget(1, clock);
    let end: () => void = () => undefined;
    const running = budget.slot('e', () => new Promise<void>((done) => (end = done)), scopeOf());
    const soon = budget.slot('e', async () => 'asked', scopeOf({ deadline: NOW + 4000 }));
    const later = budget.slot('e', async () => 'asked', scopeOf({ deadline: NOW + 6000 }));
    await turns();
    budget.pause('e', 5000);
    await assert.rejects(soon, { message: 'paused beyond the deadline' });
    end();
    await running;
    await turns();
    clock.advance(5000);
    assert.equal(await later, 'asked');
  });
});
