import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/model/item.ts';
import { filterOf } from '../../support/build/reports.ts';
import { FAIL, MAYBE, receipt, statuses } from '../../support/build/run.ts';
import { KINDS } from '../../support/ledger/ledgers.ts';
import { stageOf } from './shared-servers.ts';

const OK: Outcome = { status: 'accepted', ref: 'r-1' };
const totals = (events: number) =>
  ['p', 'q', 'r'].map((project) => ({ project, projectId: project, events, users: 1 }));

for (const { kind, open } of KINDS) {
  describe(`servers that share a ledger in ${kind}`, () => {
    const stage = stageOf(open);
    const { serve } = stage;

    it('send a report once, and each says what it said', async () => {
      const [one, two] = [
        serve({ found: () => ({ totals: totals(3), unattributed: 7 }) }),
        serve({ found: () => ({ totals: totals(9) }) }),
      ];
      const first = await one.go();
      const second = await two.go();
      assert.deepEqual(
        [statuses(first), statuses(second)],
        [[['a', { one: 'sent' }]], [['a', { one: 'sent before' }]]],
      );
      assert.deepEqual([one.sinks[0]!.requests.length, two.sinks[0]!.requests, two.source.reads], [1, [], [[]]]);
      assert.deepEqual(second.reports[0]!.report, first.reports[0]!.report);
      assert.equal(receipt(second, 0, 'one').accepted, 3);
    });

    it('keep a report before anything of it is sent', async () => {
      const found: unknown[] = [];
      const { db } = await stage.box.database.ready();
      const one = serve({
        sinks: [
          {
            answer: async (items) => {
              found.push(
                ...(await db.selectFrom('sentry_monitor_claims').select('items').execute()),
                ...(await db.selectFrom('sentry_monitor_reports').select('report_id').execute()),
              );
              return items.map(() => OK);
            },
          },
        ],
      });
      await one.go();
      assert.deepEqual(
        found.map((row) => JSON.stringify(row)),
        [
          '{"items":"[{\\"body\\":{\\"events\\":3},\\"key\\":\\"a/crm-web\\"}]"}',
          '{"report_id":"a@2026-11-20T10:00:00.000Z"}',
        ],
      );
      assert.deepEqual(
        await db
          .selectFrom('sentry_monitor_claims')
          .select(['items', 'done'])
          .execute()
          .then((rows) => rows.map(({ items, done }) => [items, done])),
        [[null, 1]],
        'what was accepted is not kept any longer',
      );
    });

    for (const [repeatSafe, resent] of [
      [false, ['a/r']],
      [true, ['a/q', 'a/r']],
    ] as const) {
      it(`send what another read, the same bytes, and of it only what was not accepted (${repeatSafe ? '' : 'not '}repeat-safe)`, async () => {
        const bodies: string[][] = [];
        const sink = (answers: readonly Outcome[]) => ({
          repeatSafe,
          answer: (items: readonly { readonly body: object }[]) => (
            bodies.push(items.map(({ body }) => JSON.stringify(body))),
            answers
          ),
        });
        const one = serve({ found: () => ({ totals: totals(3) }), sinks: [sink([OK, MAYBE, FAIL])] });
        const two = serve({ found: () => ({ totals: totals(9) }), sinks: [sink(resent.map(() => OK))] });
        assert.deepEqual(statuses(await one.go()), [['a', { one: 'failed' }]]);
        const second = await two.go();
        assert.deepEqual([two.source.reads, two.sinks[0]!.requests], [[[]], [resent]]);
        assert.deepEqual(
          [bodies[1], receipt(second, 0, 'one').accepted],
          [resent.map(() => '{"events":3}'), repeatSafe ? 3 : 2],
        );
        assert.equal(second.reports[0]!.report?.totals[0]?.events, 3);
      });
    }

    it('keep items for a sink that was not asked for: it gets them without another reading', async () => {
      const sinks = [{ name: 'one' }, { name: 'two' }];
      const [one, two] = [
        serve({ sinks, found: () => ({ totals: totals(3) }) }),
        serve({ sinks, found: () => ({ totals: totals(9) }) }),
      ];
      await one.go({ sinks: ['one'] });
      const second = await two.go();
      assert.deepEqual(
        [statuses(second), two.source.reads, two.sinks.map(({ requests }) => requests)],
        [[['a', { one: 'sent before', two: 'sent' }]], [[]], [[], [['a/p', 'a/q', 'a/r']]]],
      );
    });

    it('read again when nothing was kept, at once when the first gave it back', async () => {
      const [one, two] = [serve({ found: () => ({ fault: { message: 'sentry: no', retryable: true } }) }), serve()];
      assert.deepEqual(statuses(await one.go()), [['a', 'sentry: no']]);
      assert.deepEqual([statuses(await two.go()), two.source.reads], [[['a', { one: 'sent' }]], [['a']]]);
    });

    it('record their runs', async () => {
      const [one, two] = [
        serve(),
        serve({
          name: 'host-2',
          found: () => ({ fault: { message: 'no', retryable: true } }),
          filters: [filterOf({ name: 'b' })],
        }),
      ];
      await one.go({}, 'run-1');
      await two.go({}, 'run-2');
      const { db } = await stage.box.database.ready();
      const rows = await db.selectFrom('sentry_monitor_runs').selectAll().orderBy('run_id').execute();
      assert.deepEqual(
        rows.map(({ run_id, server, outcome, reports, sink_requests, ended_at, started_at }) => [
          run_id,
          server,
          outcome,
          reports,
          sink_requests,
          ended_at! >= started_at,
        ]),
        [
          ['run-1', 'host-1', 'ok', 1, 1, true],
          ['run-2', 'host-2', 'failed', 1, 0, true],
        ],
      );
    });

    it('read a window again when what was kept is not what this program keeps', async () => {
      const [one, two] = [serve({ sinks: [{ answer: (items) => items.map(() => FAIL) }] }), serve()];
      await one.go();
      const { db } = await stage.box.database.ready();
      await db.updateTable('sentry_monitor_claims').set({ items: '[{"key":1}]' }).execute();
      assert.deepEqual([statuses(await two.go()), two.source.reads], [[['a', { one: 'sent' }]], [['a']]]);
      assert.ok(two.log.texts().includes('ledger: kept items cannot be read, the window is read again'));
    });
  });
}
