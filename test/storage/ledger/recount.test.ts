import assert from 'node:assert/strict';
import type { Recounting } from '../../../src/core/model/aftermath.ts';
import type { Item } from '../../../src/core/model/item.ts';
import type { Ask } from '../../../src/core/model/reading.ts';
import type { Report } from '../../../src/core/model/report.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import { ACCEPTED } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { FAIL } from '../../support/build/run.ts';
import { until } from '../../support/time/until.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { LEASE, type Server, serverAt, type ServerOptions } from '../../support/ledger/servers.ts';

const FIVE = 300_000;
const later = (windows: number) => ({ start: WINDOW.start + windows * FIVE, end: WINDOW.end + windows * FIVE });
const totals = (events: number) => [{ project: 'crm-web', projectId: '11', events, users: 1 }];
/** What a sink is told of a correction: the difference, by project. */
const encodeCorrection = (told: Pick<Report, 'totals'>, { id, revision, totals: now }: Report) =>
  now.flatMap(({ project, events }, index) => {
    const before = told.totals[index]?.events ?? 0;
    return before === events ? [] : [{ key: `${id}/${revision}/${project}`, body: { late: events - before } }];
  });
const ENV = { RECOUNT: '10m,20m,1h', RECOUNT_SINKS: 'one,two', CATCH_UP_HOURS: '0' };

for (const { kind, open } of KINDS) {
  describe(`windows counted again by servers that share a ledger in ${kind}`, () => {
    let box: LedgerBox;
    let servers: Server[] = [];
    /** Events of the window, by (its number, how often it was counted). */
    let counts: (window: number, asked: number) => number;
    const asked = new Map<number, number>();
    const found = ({ window }: Ask) => {
      const number = (window.start - WINDOW.start) / FIVE;
      asked.set(number, (asked.get(number) ?? 0) + 1);
      return { totals: totals(counts(number, asked.get(number)!)) };
    };
    const serve = (options: ServerOptions = {}): Server => {
      const { sinks = [{}] } = options;
      servers.push(
        serverAt(box, { found, env: ENV, ...options, sinks: sinks.map((sink) => ({ encodeCorrection, ...sink })) }),
      );
      return servers.at(-1)!;
    };
    const corrected = ({ after }: RunResult): unknown =>
      (after!.recount as Recounting).corrections.map(({ revision, from, to, sinks }) => [
        revision,
        from,
        to,
        Object.fromEntries(Object.entries(sinks).map(([name, { status }]) => [name, status])),
      ]);
    const told = (server: Server, sink = 0): readonly string[] =>
      server.sinks[sink]!.requests.flat().filter((key) => key.startsWith('a@'));

    beforeEach(async () => {
      box = await open();
      asked.clear();
      counts = (window, times) => (window === 0 ? 10 + times : 1);
    });
    afterEach(async () => {
      await Promise.all(servers.map((server) => server.close()));
      servers = [];
      await box.close();
    });

    it('once at each stage, whoever comes first; the difference is to what was told last', async () => {
      const [one, two] = [serve(), serve()];
      await one.go();
      assert.deepEqual(corrected(await two.go({ window: later(2) })), [[1, 11, 12, { one: 'sent' }]]);
      assert.deepEqual(corrected(await one.go({ window: later(2) })), []);
      assert.deepEqual(
        corrected(await one.go({ window: later(12) })),
        [[3, 12, 13, { one: 'sent' }]],
        'a stage that was skipped leaves a hole',
      );
      assert.deepEqual(
        [told(two), told(one)],
        [['a@2026-11-20T10:00:00.000Z/1/crm-web'], ['a@2026-11-20T10:00:00.000Z/3/crm-web']],
      );
      assert.deepEqual(
        (await one.ledger.history.series('a', WINDOW.start, WINDOW.end)).map(({ revision, totals: [total] }) => [
          revision,
          total?.events,
        ]),
        [[3, 13]],
      );
    });

    it('what shrank is noted, told to nobody, and the first count stays', async () => {
      counts = (window, times) => (window === 0 ? 10 - times : 1);
      const one = serve();
      await one.go();
      assert.deepEqual(corrected(await one.go({ window: later(2) })), [[1, 9, 8, {}]]);
      assert.deepEqual(
        [told(one), (await one.ledger.history.series('a', WINDOW.start, WINDOW.end))[0]?.totals[0]?.events],
        [[], 9],
      );
      assert.ok(one.log.texts().includes('fewer events than before, not sent'));
    });

    it('what another server counts just now is left to it, at whatever stage', async () => {
      let release: () => void = () => undefined;
      const gate = new Promise<void>((done) => (release = done));
      const slow = serve({ found: async (ask) => (ask.want === 'totals' ? gate.then(() => found(ask)) : found(ask)) });
      const other = serve();
      await slow.go();
      const going = slow.go({ window: later(2) });
      await until('it counts', () => slow.source.reads.length === 3);
      assert.deepEqual(corrected(await other.go({ window: later(4) })), []);
      release();
      assert.deepEqual(corrected(await going), [[1, 11, 12, { one: 'sent' }]]);
      assert.deepEqual(corrected(await other.go({ window: later(4) })), [[2, 12, 13, { one: 'sent' }]]);
    });

    it('who slept through its lease and counted changes nothing any more', async () => {
      let release: () => void = () => undefined;
      const gate = new Promise<void>((done) => (release = done));
      const slow = serve({
        found: async (ask) => (ask.want === 'totals' ? gate.then(() => ({ totals: totals(99) })) : found(ask)),
      });
      const other = serve();
      await slow.go();
      const going = slow.go({ window: later(2) });
      await until('it counts', () => slow.source.reads.length === 3);
      await box.pass(LEASE + 1000);
      assert.deepEqual(corrected(await other.go({ window: later(2) })), [[1, 11, 12, { one: 'sent' }]]);
      release();
      assert.deepEqual(corrected(await going), []);
      assert.deepEqual(
        [
          told(slow),
          told(other).length,
          (await other.ledger.history.series('a', WINDOW.start, WINDOW.end))[0]?.totals[0]?.events,
        ],
        [[], 1, 12],
      );
    });

    it('a sink that fails gets it later, before what came after it; the other one is not told again', async () => {
      const state = { isDown: true };
      const two = {
        name: 'two',
        answer: (items: readonly { readonly key: string }[]) =>
          items.map(({ key }) => (state.isDown && key.startsWith('a@') ? FAIL : ACCEPTED)),
      };
      const one = serve({ sinks: [{}, two] });
      await one.go();
      assert.deepEqual(corrected(await one.go({ window: later(2) })), [[1, 11, 12, { one: 'sent', two: 'failed' }]]);
      assert.deepEqual(corrected(await one.go({ window: later(4) })), [
        [1, 11, 12, { two: 'failed' }],
        [2, 12, 13, { one: 'sent' }],
      ]);
      state.isDown = false;
      assert.deepEqual(corrected(await one.go({ window: later(5) })), [
        [1, 11, 12, { two: 'sent' }],
        [2, 12, 13, { two: 'sent' }],
      ]);
      assert.deepEqual(told(one), ['a@2026-11-20T10:00:00.000Z/1/crm-web', 'a@2026-11-20T10:00:00.000Z/2/crm-web']);
    });

    it('a sink that was told nothing at first is told no difference; one that is not named is told nothing', async () => {
      const filter = filterOf({ name: 'a' });
      const one = serve({
        filters: [{ ...filter, sinks: ['one', 'three'] }],
        sinks: [{}, { name: 'two' }, { name: 'three' }],
      });
      await one.go();
      assert.deepEqual(corrected(await one.go({ window: later(2), filters: [filter] })), [
        [1, 11, 12, { one: 'sent' }],
      ]);
      assert.deepEqual([told(one, 1), told(one, 2)], [[], []]);
    });

    for (const [repeatSafe, late] of [
      [true, [19]],
      [false, []],
    ] as const) {
      it(`a window that is read again for one more sink, ${repeatSafe ? '' : 'not '}repeat-safe, is corrected for the first one by what that one was told`, async () => {
        const bodies: [string, object][] = [];
        const sink = (name: string, safe: boolean) => ({
          name,
          repeatSafe: safe,
          answer: (items: readonly Item[]) =>
            items.map(({ key, body }) => (key.startsWith('a@') && bodies.push([name, body]), ACCEPTED)),
        });
        const one = serve({ sinks: [sink('one', false), sink('two', repeatSafe)] });
        const filter = filterOf({ name: 'a' });
        counts = (window, times) => (window === 0 ? 10 + times * times : 1);
        await one.go({ filters: [{ ...filter, sinks: ['one'] }] });
        box.clock.advance(1000);
        await one.go();
        assert.deepEqual(
          [asked.get(0), (await one.ledger.history.series('a', WINDOW.start, WINDOW.end))[0]?.totals[0]?.events],
          [2, 11],
          'read twice; the reading that a sink was told is kept',
        );
        await one.go({ window: later(2) });
        assert.deepEqual(bodies, [['one', { late: 8 }], ...late.map((events) => ['two', { late: events }])]);
      });
    }

    it('a sink that is to be told only from now on is told the whole difference to what it has', async () => {
      const bodies: object[] = [];
      const sinks = [
        {},
        {
          name: 'two',
          answer: (items: readonly Item[]) =>
            items.map(({ key, body }) => (key.startsWith('a@') && bodies.push(body), ACCEPTED)),
        },
      ];
      const [before, now] = [serve({ sinks, env: { ...ENV, RECOUNT_SINKS: 'one' } }), serve({ sinks })];
      await before.go();
      assert.deepEqual(corrected(await before.go({ window: later(2) })), [[1, 11, 12, { one: 'sent' }]]);
      assert.deepEqual(corrected(await now.go({ window: later(4) })), [[2, 12, 13, { one: 'sent', two: 'sent' }]]);
      assert.deepEqual(bodies, [{ late: 2 }]);
    });

    it('a filter that cannot be read costs one try a run, and the others nothing', async () => {
      const filters = ['a', 'b'].map((name) => filterOf({ name }));
      const reads: string[] = [];
      const one = serve({
        filters,
        found: (ask) => {
          if (ask.want !== 'totals') return { totals: totals(5) };
          reads.push(ask.filter.name);
          return ask.filter.name === 'a'
            ? { fault: { message: 'sentry: no', retryable: true } }
            : { totals: totals(6) };
        },
      });
      await one.go();
      await one.go({ window: later(2) });
      assert.deepEqual(reads, ['a', 'b']);
      assert.deepEqual(
        one.log.lines
          .filter(({ text }) => text === 'not counted again')
          .map(({ fields }) => [fields['windows'], fields['error']]),
        [[1, 'sentry: no']],
      );
      await one.go({ window: later(2) });
      assert.deepEqual(reads, ['a', 'b', 'a'], 'tried again by the next run');
    });

    it('a source that hangs ends the counting before the deadline, and the run is as good as without it', async () => {
      const one = serve({
        found: (ask, { signal }) =>
          ask.want !== 'totals'
            ? found(ask)
            : new Promise((done) =>
                signal.addEventListener('abort', () => done({ fault: { message: 'sentry: cut', retryable: true } })),
              ),
      });
      await one.go();
      const going = one.go({ window: later(2) });
      await until('it counts', () => one.source.reads.length === 3);
      one.clock.advance(90_000);
      const result = await going;
      assert.deepEqual(
        [result.end, corrected(result), result.reports.map(({ fault }) => fault)],
        [null, [], [undefined]],
      );
      assert.deepEqual(
        one.log.lines
          .filter(({ text }) => text === 'counted again')
          .map(({ fields }) => [fields['windows'], fields['failed'], fields['left']]),
        [[0, 1, 0]],
      );
    });

    it('without what it is to be told a sink is told nothing, and it stays open', async () => {
      let isBlind = true;
      const one = serve({
        ledger: (real) => ({
          ...real,
          claims: {
            ...real.claims,
            claim: async (keys, leaseMs) =>
              (await real.claims.claim(keys, leaseMs)).map((it, index) =>
                isBlind && it.status === 'ours' && keys[index]!.revision > 0
                  ? { status: 'ours', token: it.token, delivered: new Map() }
                  : it,
              ),
          },
        }),
      });
      await one.go();
      assert.deepEqual(corrected(await one.go({ window: later(2) })), [[1, 11, 12, { one: 'failed' }]]);
      assert.deepEqual(
        [told(one), (await one.ledger.claims.open(0)).map(({ revision, sink }) => [revision, sink])],
        [[], [[1, 'one']]],
        'who counts is no sink',
      );
      isBlind = false;
      assert.deepEqual(corrected(await one.go({ window: later(2) })), [[1, 11, 12, { one: 'sent' }]]);
      assert.deepEqual([told(one).length, await one.ledger.claims.open(0)], [1, []]);
    });

    it('what was kept when its server died is sent by another one', async () => {
      const dying = serve({
        sinks: [
          {
            answer: (items) =>
              items.some(({ key }) => key.startsWith('a@')) ? new Promise(() => undefined) : items.map(() => ACCEPTED),
          },
        ],
      });
      const other = serve();
      await dying.go();
      void dying.go({ window: later(2) });
      await until('it sends', () => told(dying).length === 1);
      await box.pass(LEASE + 1000);
      assert.deepEqual(corrected(await other.go({ window: later(3) })), [[1, 11, 12, { one: 'sent' }]]);
      assert.equal(asked.get(0), 2, 'it was not counted a third time');
      servers = servers.filter((server) => server !== dying);
      dying.shutdown.abort();
      await dying.close();
    });
  });
}
