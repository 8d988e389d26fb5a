import assert from 'node:assert/strict';
import type { Item } from '../../../src/core/model/item.ts';
import { ACCEPTED } from '../../support/build/fakes.ts';
import { filterOf } from '../../support/build/reports.ts';
import { FAIL } from '../../support/build/run.ts';
import { until } from '../../support/time/until.ts';
import { KINDS } from '../../support/ledger/ledgers.ts';
import { LEASE } from '../../support/ledger/servers.ts';
import { corrected, countsOf, later, recountStageOf, told, totals } from './recount-servers.ts';

for (const { kind, open } of KINDS) {
  describe(`windows counted again by servers that share a ledger in ${kind}`, () => {
    const stage = recountStageOf(open);
    const { asked, found, serve } = stage;

    it('are counted once at each stage, whoever comes first; the difference is to what was told last', async () => {
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
        (await countsOf(one)).map(({ revision, events }) => [revision, events]),
        [[3, 13]],
      );
    });

    it('are noted when they shrank, told to nobody, and the first count stays', async () => {
      stage.counts = (window, times) => (window === 0 ? 10 - times : 1);
      const one = serve();
      await one.go();
      assert.deepEqual(corrected(await one.go({ window: later(2) })), [[1, 9, 8, {}]]);
      assert.deepEqual([told(one), (await countsOf(one))[0]?.events], [[], 9]);
      assert.ok(one.log.texts().includes('fewer events than before, not sent'));
    });

    it('are left to the server that counts them just now, at whatever stage', async () => {
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

    it('are not changed any more by a server that slept through its lease and counted', async () => {
      let release: () => void = () => undefined;
      const gate = new Promise<void>((done) => (release = done));
      const slow = serve({
        found: async (ask) => (ask.want === 'totals' ? gate.then(() => ({ totals: totals(99) })) : found(ask)),
      });
      const other = serve();
      await slow.go();
      const going = slow.go({ window: later(2) });
      await until('it counts', () => slow.source.reads.length === 3);
      await stage.box.pass(LEASE + 1000);
      assert.deepEqual(corrected(await other.go({ window: later(2) })), [[1, 11, 12, { one: 'sent' }]]);
      release();
      assert.deepEqual(corrected(await going), []);
      assert.deepEqual([told(slow), told(other).length, (await countsOf(other))[0]?.events], [[], 1, 12]);
    });

    it('are told later to a sink that failed, before what came after them; the other one is not told again', async () => {
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

    it('are no difference for a sink that was told nothing at first, and are not told to one that is not named', async () => {
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
      it(`are corrected for the first sink by what that one was told, though read again for one more, ${repeatSafe ? '' : 'not '}repeat-safe`, async () => {
        const bodies: [string, object][] = [];
        const sink = (name: string, safe: boolean) => ({
          name,
          repeatSafe: safe,
          answer: (items: readonly Item[]) =>
            items.map(({ key, body }) => (key.startsWith('a@') && bodies.push([name, body]), ACCEPTED)),
        });
        const one = serve({ sinks: [sink('one', false), sink('two', repeatSafe)] });
        const filter = filterOf({ name: 'a' });
        stage.counts = (window, times) => (window === 0 ? 10 + times * times : 1);
        await one.go({ filters: [{ ...filter, sinks: ['one'] }] });
        stage.box.clock.advance(1000);
        await one.go();
        assert.deepEqual(
          [asked.get(0), (await countsOf(one))[0]?.events],
          [2, 11],
          'read twice; the reading that a sink was told is kept',
        );
        await one.go({ window: later(2) });
        assert.deepEqual(bodies, [['one', { late: 8 }], ...late.map((events) => ['two', { late: events }])]);
      });
    }
  });
}
