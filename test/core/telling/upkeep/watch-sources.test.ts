import assert from 'node:assert/strict';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import type { Filter } from '../../../../src/core/model/filter.ts';
import type { FilterSpan, KeptTotal } from '../../../../src/core/ports/alerting/alert-store.ts';
import { watchSources } from '../../../../src/core/telling/upkeep/watch-sources.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const MINUTE = 60_000;
/** 2026-11-20T02:00:00Z. */
const TWO = Date.UTC(2026, 10, 20, 2);
const tells = (...tell: readonly string[]) => ({ alerts: [ruleOf('events > 100', { tell })] });
const FILTERS = [
  filterOf({ name: 'a', ...tells('crm') }),
  filterOf({ name: 'b', ...tells('crm', 'night') }),
  filterOf({ name: 'c' }),
];

/** Windows by the minute after two at which they begin. */
function stage(sourceOf: (filter: Filter) => string = () => 'sentry', filters = FILTERS) {
  const kept = new Map<string, KeptTotal[]>();
  const posts: { channel: string; message: Message; at: number }[] = [];
  let [now, asked] = [TWO, 0];
  const outbox = {
    now: async () => now,
    post: async (channel: string, message: Message, at: number) => {
      if (!posts.some((it) => it.message.id === message.id)) posts.push({ channel, message, at });
    },
    messages: async () => posts.map(({ message }) => ({ message }) as never),
  };
  const totals = async (asks: readonly FilterSpan[]) => {
    asked++;
    const found = asks.map(({ filter, from, to }) => {
      const some = (kept.get(filter) ?? []).filter(({ start }) => start >= from && start < to);
      return [filter, some] as const;
    });
    return new Map(found.filter(([, some]) => some.length > 0));
  };
  const start = () => watchSources({ inForce: () => ({ filters }), sourceOf, totals, outbox, server: 'host-1' });
  let chore = start();
  return {
    posts,
    asked: () => asked,
    keep: (filter: string, minute: number, more: Partial<KeptTotal> = {}) => {
      const start = TWO + minute * MINUTE;
      const whole = { events: 1, users: 1, complete: true, lacks: [], silent: false, recordedAt: start + 7 * MINUTE };
      kept.set(filter, [...(kept.get(filter) ?? []), { start, ...whole, ...more }]);
    },
    /** Another server, or the same after a restart. */
    restart: () => void (chore = start()),
    async pass(minute: number) {
      now = TWO + minute * MINUTE;
      await chore.work(scopeOf());
    },
    said: () =>
      posts.splice(0).map(({ channel, message, at }) => `${(at - TWO) / MINUTE} ${channel}: ${message.lines[0]}`),
  };
}

describe('a source that is away', () => {
  it('is told to the channels of its rules after half an hour, once, and that it is back, with what was filled', async () => {
    const { keep, pass, said } = stage();
    for (const filter of ['a', 'b', 'c']) keep(filter, 5);
    for (let minute = 12; minute <= 37; minute += 5) await pass(minute);
    assert.deepEqual(said(), []);
    for (let minute = 42; minute <= 62; minute += 5) await pass(minute);
    const away = 'Not watching since 2026-11-20 02:10 UTC: nothing of sentry can be counted for';
    const until = 'No alert begins or ends until it is back.';
    assert.deepEqual(said(), [`42 crm: ${away} a, b. ${until}`, `42 night: ${away} b. ${until}`]);
    // The run of 03:07 reads the last window, and fills four of those before.
    for (const minute of [10, 15, 45, 50, 60]) keep('a', minute);
    keep('b', 60);
    for (const minute of [67, 72, 77]) await pass(minute);
    const back = 'sentry had been away since 2026-11-20 02:10 UTC for';
    assert.deepEqual(said(), [
      `67 crm: Watching again, 4 of 10 windows filled: ${back} a, b.`,
      `67 night: Watching again, 0 of 10 windows filled: ${back} b.`,
    ]);
  });

  it('is told once by all servers, and over a restart, also a second time on another day', async () => {
    const { keep, pass, said, restart, posts } = stage();
    keep('a', 5);
    await pass(42);
    restart();
    await pass(47);
    assert.equal(posts.length, 2);
    keep('a', 10);
    await pass(52);
    restart();
    await pass(53);
    assert.equal(posts.length, 2, 'one window of then was filled since');
    keep('a', 50);
    await pass(57);
    restart();
    await pass(58);
    assert.deepEqual(
      posts.map(({ message }) => message.lines[0]!.slice(0, 14)),
      ['Not watching s', 'Not watching s', 'Watching again', 'Watching again'],
    );
    const matters = posts.map(({ message }) => JSON.stringify(message.matter));
    assert.equal(matters[0]!.replace('false', 'true'), matters[2]);
    for (const minute of [95, 100]) await pass(minute);
    assert.equal(posts.length, 6);
    assert.equal(new Set(posts.map(({ message }) => message.id)).size, 6);
    said();
  });

  it('is one that is silent as well, or of which neither totals nor issues came, and none with some gaps', async () => {
    const silent = stage();
    silent.keep('a', 5);
    for (let minute = 10; minute <= 40; minute += 5)
      silent.keep('a', minute, minute === 20 ? { lacks: ['totals', 'issues'] } : { silent: true });
    await silent.pass(47);
    assert.equal(silent.posts.length, 2);
    const gaps = stage();
    gaps.keep('a', 5);
    gaps.keep('b', 35, { complete: false, lacks: ['totals', 'details'] });
    await gaps.pass(47);
    assert.deepEqual(gaps.said(), []);
  });

  it('is not one that another source’s filters tell of, nor one that was never watched', async () => {
    const { keep, pass, said, posts } = stage();
    await pass(42);
    assert.deepEqual(posts, []);
    const two = stage(({ name }) => (name === 'a' ? 'eu' : 'us'));
    two.keep('a', 5);
    two.keep('b', 35);
    await two.pass(42);
    assert.deepEqual(
      two.said().map((line) => line.slice(0, 30)),
      ['42 crm: Not watching since 202'],
    );
    keep('a', 5);
    said();
  });

  it('is not one of which only the past was read so far, as by a post with an old `?at=`', async () => {
    const { keep, pass, said } = stage();
    keep('a', -300, { recordedAt: TWO });
    await pass(0);
    keep('a', -5);
    await pass(2);
    assert.deepEqual(said(), []);
    // The past is no sign of life either, and of what was filled it is told.
    for (const minute of [0, 5, 10]) keep('a', minute, { recordedAt: TWO + 49 * MINUTE });
    await pass(50);
    keep('a', 45);
    await pass(52);
    assert.deepEqual(
      said().map((line) => line.slice(0, 55)),
      [
        '50 crm: Not watching since 2026-11-20 02:00 UTC: nothin',
        '50 night: Not watching since 2026-11-20 02:00 UTC: noth',
        '52 crm: Watching again, 3 of 9 windows filled: sentry h',
        '52 night: Watching again, 0 of 9 windows filled: sentry',
      ],
    );
  });

  it('asks the ledger once in half an hour as long as all is well', async () => {
    const { keep, pass, asked } = stage();
    for (let minute = 0; minute <= 60; minute += 5) keep('a', minute);
    for (let minute = 12; minute <= 62; minute += 5) await pass(minute);
    assert.ok(asked() <= 3, String(asked()));
  });
});
