import assert from 'node:assert/strict';
import { filterOf } from '../../support/build/reports.ts';
import { FAIL, receipt, statuses } from '../../support/build/run.ts';
import { until } from '../../support/time/until.ts';
import { KINDS } from '../../support/ledger/ledgers.ts';
import { LEASE } from '../../support/ledger/servers.ts';
import { stageOf } from './shared-servers.ts';

for (const { kind, open } of KINDS) {
  describe(`servers that share a ledger, of which one is slow or dead, in ${kind}`, () => {
    const stage = stageOf(open);
    const { serve } = stage;

    it('leave alone what another has in hand, without reading it', async () => {
      let open: () => void = () => undefined;
      const gate = new Promise<void>((done) => (open = done));
      const [one, two] = [serve({ found: () => gate.then(() => ({})) }), serve()];
      const first = one.go();
      await until('the first reads', () => one.source.reads.length === 1);
      assert.deepEqual([statuses(await two.go()), two.source.reads], [[['a', { one: 'in hand elsewhere' }]], [[], []]]);
      open();
      assert.deepEqual(statuses(await first), [['a', { one: 'sent' }]]);
    });

    it('take over when the lease ran out; the late one settles nothing and says what became of it', async () => {
      let open: () => void = () => undefined;
      const gate = new Promise<void>((done) => (open = done));
      const one = serve({ sinks: [{ answer: (items) => gate.then(() => items.map(() => FAIL)) }] });
      const two = serve({ name: 'host-2' });
      const first = one.go();
      await until('the first sends', () => one.sinks[0]!.requests.length === 1);
      await stage.box.pass(LEASE);
      assert.deepEqual([statuses(await two.go()), two.source.reads], [[['a', { one: 'sent' }]], [[]]]);
      open();
      const late = await first;
      assert.deepEqual([statuses(late), receipt(late, 0, 'one').failed], [[['a', { one: 'sent before' }]], 0]);
      assert.deepEqual(statuses(await two.go()), [['a', { one: 'sent before' }]]);
    });

    it('renew while they work: nobody takes over', async () => {
      let open: () => void = () => undefined;
      const gate = new Promise<void>((done) => (open = done));
      let renewed = 0;
      const one = serve({
        found: () => gate.then(() => ({})),
        ledger: (real) => ({
          ...real,
          claims: {
            ...real.claims,
            renew: async (...args) => {
              const answers = await real.claims.renew(...args);
              renewed++;
              return answers;
            },
          },
        }),
      });
      const two = serve();
      const first = one.go();
      await until('the first reads', () => one.source.reads.length === 1);
      for (const round of [1, 2, 3]) {
        await stage.box.pass(LEASE / 2);
        one.clock.advance(LEASE / 3);
        await until('it renewed', () => renewed === round);
        assert.deepEqual(statuses(await two.go()), [['a', { one: 'in hand elsewhere' }]]);
      }
      open();
      assert.deepEqual(statuses(await first), [['a', { one: 'sent' }]]);
    });

    it('that slept through their lease send nothing any more', async () => {
      const [one, two] = [
        serve({ filters: [filterOf({ name: 'a' }), filterOf({ name: 'b' })] }),
        serve({ name: 'host-2' }),
      ];
      // Asleep when it had the answer for `a` and waited for `b`: its clock moves on at once when it wakes.
      let wake: () => void = () => undefined;
      const asleep = new Promise<void>((done) => (wake = done));
      const slow = serve({
        filters: [filterOf({ name: 'a' }), filterOf({ name: 'b' })],
        found: ({ filter }) => (filter.name === 'a' ? {} : asleep.then(() => ({}))),
      });
      const first = slow.go();
      await until('it reads both', () => slow.source.reads.length === 2);
      await stage.box.pass(LEASE);
      assert.deepEqual(statuses(await two.go()), [['a', { one: 'sent' }]]);
      slow.clock.advance(LEASE);
      wake();
      assert.deepEqual(
        [statuses(await first), slow.sinks[0]!.requests.flat()],
        [
          [
            ['a', { one: 'sent before' }],
            ['b', { one: 'sent' }],
          ],
          ['b/crm-web'],
        ],
      );
      assert.deepEqual(one.sinks[0]!.requests, []);
    });
  });
}
