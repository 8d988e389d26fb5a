import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import type { Wait } from '../../../../../src/core/alerts/outbox/forming/after.ts';
import { eventsSince } from '../../../../../src/core/alerts/outbox/events-since.ts';
import { fakeChannel, policyOf, relayBench } from '../../../../support/alerting/relay.ts';
import { factsIn, issueIn, keepFacts } from '../../../../support/alerting/stage.ts';
import { type AlertInput, alertOf, DAY, HOUR, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';
import { memoryAlerts } from '../../../../../src/storage/memory/alerts/index.ts';

const AFTER = { count: 100, spanMs: DAY };

/** A channel that makes tickets, a rule that wants some of what happens a hundred times a day, and how often it did. */
function benchOf(after: typeof AFTER | null = AFTER) {
  const channel = fakeChannel({ name: 'inbox', isPerSubject: true, isTracker: true });
  const crm = fakeChannel();
  const bench = relayBench([[channel, policyOf({ name: 'inbox' })], crm]);
  const rule = { quiet: null, where: '', ...(after === null ? {} : { after }) };
  bench.rules.set(ruleKey({ filter: 'crm-checkout', rule: 'any' }), rule);
  bench.rules.set(ruleKey({ filter: 'crm-checkout', rule: 'trending' }), rule);
  let events = 0;
  const asked: Wait[][] = [];
  return {
    bench,
    asked,
    had: (count: number) => void (events = count),
    add: (alert: AlertInput = {}, to = 'inbox') => {
      const made = alertOf({ state: 'told', rule: 'any', ...alert });
      return bench.add(tellingOf(made, { channel: to }));
    },
    pass: () =>
      bench.pass({
        counts: async (waits) => {
          asked.push([...waits]);
          return new Map(waits.map(({ key }) => [key, events]));
        },
      }),
    got: () => channel.got.flatMap(({ body }) => body.alerts.map(({ state, subject }) => `${state} ${subject.id}`)),
    crm: () => crm.got.length,
    fates: async () =>
      (await bench.tellings()).map(
        ({ channel: to, fate, reason }) => `${to} ${fate}${reason === null ? '' : `: ${reason}`}`,
      ),
  };
}

describe('tickets only of what happens often', () => {
  it('wait for so many events at the channel that makes them, and nowhere else', async () => {
    const { add, pass, had, got, crm, fates, asked } = benchOf();
    await add({}, 'crm');
    await add();
    had(99);
    await pass();
    assert.deepEqual([got(), crm()], [[], 1]);
    assert.deepEqual(await fates(), ['crm sent', 'inbox grouped: waits for events: 99 of 100 in 1 d so far']);
    const [wait] = asked[0]!;
    assert.deepEqual(
      { ...wait, key: '' },
      { ...AFTER, key: '', filter: 'crm-checkout', issue: '6507376925', since: TEN },
    );
    had(100);
    await pass();
    await pass();
    assert.deepEqual([got(), asked.length], [['told 6507376925'], 2]);
  });

  it('wait where nobody can say how often it happens, and are not asked for by a rule that says nothing of it', async () => {
    const silent = benchOf();
    await silent.add();
    await silent.bench.pass();
    assert.deepEqual(await silent.fates(), ['inbox grouped: waits for events: 100 in 1 d']);
    const plain = benchOf(null);
    await plain.add();
    await plain.add({ subject: { kind: 'filter', id: 'crm-checkout' } });
    await plain.pass();
    assert.deepEqual([plain.got().length, plain.asked.length], [2, 0]);
  });

  it('are one of the newest alert of the issue, as the later ones stand for those before', async () => {
    const { add, pass, had, got, fates } = benchOf();
    for (let window = 0; window < 3; window++) await add({ at: TEN + window * 5 * MINUTE });
    await add({ subject: { id: '8' } });
    had(7);
    await pass();
    const waits = 'inbox grouped: waits for events: 7 of 100 in 1 d so far';
    const dropped = 'inbox dropped: a later alert of the issue waits in its place';
    assert.deepEqual(await fates(), [dropped, dropped, waits, waits]);
    had(100);
    await pass();
    assert.deepEqual(got().toSorted(), ['told 6507376925', 'told 8']);
  });

  it('are none of what was over before, and later news of one that there is waits for nothing', async () => {
    const { add, pass, had, got, fates } = benchOf();
    const lasting = { state: 'firing', rule: 'trending', since: '2026-11-20T10:00:00.000Z' } as const;
    await add(lasting);
    await pass();
    await add({ ...lasting, state: 'resolved', at: TEN + HOUR });
    await pass();
    assert.deepEqual(got(), []);
    assert.ok((await fates()).every((it) => it.includes('it was over before this channel could be told of it')));
    const again = { ...lasting, since: '2026-11-20T12:00:00.000Z', at: TEN + 2 * HOUR };
    await add(again);
    had(100);
    await pass();
    had(3);
    await add({ ...again, state: 'resolved', at: TEN + 3 * HOUR });
    await pass();
    assert.deepEqual(got(), ['firing 6507376925', 'resolved 6507376925']);
  });

  it('are not waited for again after a mute, however long that was', async () => {
    const { add, pass, had, bench, got, fates } = benchOf();
    const until = { kind: 'instant', at: TEN + 3 * DAY } as const;
    bench.mutes = [{ id: 'm', what: { kind: 'all' }, until, why: '', since: 0 }];
    await add();
    had(99);
    await pass();
    assert.deepEqual(await fates(), ['inbox grouped: waits for events: 99 of 100 in 1 d so far']);
    had(100);
    await pass();
    assert.match((await fates())[0]!, /^inbox muted: muted until/);
    bench.now = TEN + 3 * DAY + HOUR;
    had(0);
    await pass();
    assert.deepEqual(got(), ['told 6507376925']);
  });

  it('are waited for so long, and not for ever; one that is under way waits no more', async () => {
    const { add, pass, had, bench, fates, got } = benchOf();
    await add();
    bench.now = TEN + 14 * DAY + 8 * MINUTE;
    await pass();
    assert.deepEqual(await fates(), ['inbox dropped: no ticket: it had no 100 events in 1 d within 14 days']);
    had(100);
    await add({ at: TEN + 14 * DAY });
    const answer = { status: 'retry', why: 'away' } as const;
    const [away] = [fakeChannel({ name: 'inbox', isPerSubject: true, isTracker: true })];
    away.answers.push(answer);
    await bench.pass({
      channels: () => new Map([['inbox', { channel: away, policy: policyOf({ name: 'inbox' }) }]]),
      counts: async (waits) => new Map(waits.map(({ key }) => [key, 100])),
    });
    bench.now += HOUR;
    had(0);
    await pass();
    assert.deepEqual(got(), ['told 6507376925']);
  });
});

describe('events of an issue in spans that end later', () => {
  it('are the most of any span, whatever happened before or in other issues', async () => {
    const { alerts } = memoryAlerts(() => TEN + HOUR);
    const put = (minutes: number, counts: Readonly<Record<string, number>>) => {
      const issues = Object.entries(counts).map(([id, events]) => issueIn(id, events));
      return keepFacts(alerts, [factsIn('crm', TEN + minutes * MINUTE, { issues })]);
    };
    await put(-30, { a: 500 });
    await put(-5, { a: 40, b: 1 });
    await put(0, { a: 10 });
    await put(5, { a: 20 });
    await put(20, { a: 1, b: 4 });
    const wait = { key: '', count: 1, filter: 'crm', issue: 'a', since: TEN, spanMs: 15 * MINUTE };
    const waits = [
      { ...wait, key: 'of a quarter' },
      { ...wait, key: 'of a window', spanMs: 5 * MINUTE },
      { ...wait, key: 'of all', spanMs: HOUR },
      { ...wait, key: 'since the last', since: TEN + 20 * MINUTE },
      { ...wait, key: 'another', issue: 'b' },
      { ...wait, key: 'no window', issue: 'c' },
      { ...wait, key: 'no filter', filter: 'shop' },
    ];
    assert.deepEqual(Object.fromEntries(await eventsSince(waits, alerts, TEN + HOUR)), {
      'of a quarter': 70,
      'of a window': 20,
      'of all': 571,
      'since the last': 1,
      another: 4,
      'no window': 0,
      'no filter': 0,
    });
  });

  it('of more than two days are those of whole days, and of today', async () => {
    let now = TEN - 20 * DAY;
    const reach = { windowsMs: 2 * DAY, daysMs: 90 * DAY, messagesMs: DAY };
    const { alerts } = memoryAlerts(() => now, reach);
    for (const [day, events] of [
      [-8, 1000],
      [-7, 100],
      [-3, 20],
      [-1, 5],
      [0, 1],
    ] as const) {
      now = TEN + day * DAY;
      await keepFacts(alerts, [factsIn('crm', now, { issues: [issueIn('a', events), issueIn('b', 1)] })]);
    }
    const wait = { key: '', count: 1, filter: 'crm', issue: 'a', since: TEN - DAY, spanMs: 7 * DAY };
    const waits = [
      { ...wait, key: 'week' },
      { ...wait, key: 'three days', spanMs: 3 * DAY },
      { ...wait, key: 'two days', spanMs: 2 * DAY },
      { ...wait, key: 'another', issue: 'b' },
      { ...wait, key: 'none', issue: 'c' },
      { ...wait, key: 'no filter', filter: 'shop' },
    ];
    const counts = Object.fromEntries(await eventsSince(waits, alerts, now));
    assert.deepEqual(counts, { week: 126, 'three days': 26, 'two days': 6, another: 4, none: 0, 'no filter': 0 });
  });
});
