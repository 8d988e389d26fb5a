import assert from 'node:assert/strict';
import type { Item } from '../../../src/core/model/item.ts';
import { ACCEPTED } from '../../support/build/fakes.ts';
import { filterOf } from '../../support/build/reports.ts';
import { until } from '../../support/time/until.ts';
import { KINDS, openClaims } from '../../support/ledger/ledgers.ts';
import { LEASE } from '../../support/ledger/servers.ts';
import { corrected, later, recountStageOf, told, totals, ENV } from './recount-servers.ts';

for (const { kind, open } of KINDS) {
  describe(`windows counted again in spite of trouble, by servers that share a ledger in ${kind}`, () => {
    const stage = recountStageOf(open);
    const { asked, found, serve } = stage;

    it('are told as the whole difference to what it has to a sink that is to be told only from now on', async () => {
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

    it('cost one try a run for a filter that cannot be read, and the others nothing', async () => {
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

    it('end before the deadline when the source hangs, and the run is as good as without them', async () => {
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

    it('stay open without what a sink is to be told, and it is told nothing', async () => {
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
      assert.deepEqual([told(one), await openClaims(stage.box)], [[], [[1, 'one']]], 'who counts is no sink');
      isBlind = false;
      assert.deepEqual(corrected(await one.go({ window: later(2) })), [[1, 11, 12, { one: 'sent' }]]);
      assert.deepEqual([told(one).length, await openClaims(stage.box)], [1, []]);
    });

    it('are sent by another server when they were kept and theirs died', async () => {
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
      await stage.box.pass(LEASE + 1000);
      assert.deepEqual(corrected(await other.go({ window: later(3) })), [[1, 11, 12, { one: 'sent' }]]);
      assert.equal(asked.get(0), 2, 'it was not counted a third time');
      stage.release(dying);
      dying.shutdown.abort();
      await dying.close();
    });
  });
}
