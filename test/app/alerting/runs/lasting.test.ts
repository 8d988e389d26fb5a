import assert from 'node:assert/strict';
import { lastingOf } from '../../../../src/app/alerting/runs/lasting.ts';
import { restoredIn } from '../../../../src/app/alerting/runs/restored.ts';
import { decideWindows } from '../../../../src/core/alerts/decide/decide-windows.ts';
import { explainTold } from '../../../../src/core/alerts/explain/explain-told.ts';
import { headOf } from '../../../../src/core/alerts/words/head.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { holdRestored, sqlRestores } from '../../../../src/storage/ledger/upkeep/restores.ts';
import { at } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { fakeChannel, policyOf, relayBench } from '../../../support/alerting/relay.ts';
import { factsIn } from '../../../support/alerting/stage.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { claimsDeps, type LedgerBox, sqliteBox } from '../../../support/ledger/ledgers.ts';

const MINUTE = 60_000;

describe('what lasts after a restore', () => {
  const boxes: LedgerBox[] = [];
  after(() => Promise.all(boxes.map((box) => box.close())));

  /** A ledger with two servers, whose rule has a limit of 100. Its clock is 10:07:30, and window 1 begins at 10:00. */
  async function ledger({ repeatMs = null }: Partial<Pick<Rule, 'repeatMs'>> = {}) {
    const box = await sqliteBox();
    boxes.push(box);
    const alerts = sqlAlerts(box.database);
    const outbox = sqlOutbox(box.database, claimsDeps);
    const restores = sqlRestores(box.database);
    const set = (now: number): void => box.clock.advance(now - box.clock.now());
    const ops = fakeChannel({ name: 'ops' });
    const bench = relayBench([[ops, policyOf({ name: 'ops' })]], { alerts, outbox, set });
    const rules = [ruleOf('events > 100', { repeatMs })];
    const filter = filterOf({ name: 'crm', alerts: rules });
    const servers = [box.database, box.another()].map((database) =>
      lastingOf({ restores: sqlRestores(database), alerts: sqlAlerts(database), outbox }),
    );
    return {
      ...{ alerts, outbox, restores, bench, filter },
      told: () => ops.got.map(({ body }) => headOf(body)),
      bodies: () => ops.got.map(({ body }) => body),
      /** Windows from the one to the other, in the run of the last. */
      async decide(events: number, first: number, last: number = first) {
        set(Math.max(box.clock.now(), at(last) + 7 * MINUTE));
        bench.now = box.clock.now();
        const windows = Array.from({ length: last - first + 1 }, (_, index) => at(first + index));
        const fresh = windows.map((start) => ({ filter, facts: factsIn('crm', start, { events }) }));
        await decideWindows(fresh, { alerts, now: bench.now, loadedAt: 1, pageOf: () => null });
      },
      async restore(now: number) {
        set(now);
        bench.now = now;
        return holdRestored(await box.database.ready(), 'm_1_ledger.sqlite.gz');
      },
      async pass(given: Partial<Parameters<typeof bench.pass>[0]> = {}) {
        await Promise.all(servers.map((chore) => chore.work(scopeOf())));
        await bench.pass({ restored: restoredIn(restores), ...given });
      },
    };
  }

  const FIRING = 'crm: firing, events > 100';
  /** Between the starts of windows 10 and 11. */
  const RESTORED = at(10) + 3 * MINUTE;

  it('is told once by all servers, with the first window that starts then, and not by its hold any more', async () => {
    const original = await ledger();
    await original.decide(150, 1);
    await original.pass();
    await original.decide(150, 2);
    await original.pass();
    assert.deepEqual(original.told(), [FIRING]);
    const copy = await ledger();
    await copy.decide(150, 1);
    assert.deepEqual(await copy.restore(RESTORED), { messages: 0, tellings: 1 });
    await copy.pass();
    await copy.decide(160, 2, 9);
    await copy.decide(170, 10);
    await copy.pass();
    assert.deepEqual(copy.told(), [], 'windows before the restore');
    await copy.decide(190, 11);
    await copy.pass();
    assert.deepEqual(copy.told(), [`After a restore: ${FIRING}`]);
    const [alert] = copy.bodies()[0]!.alerts;
    assert.equal(alert!.id, 'crm/events > 100/crm@2026-11-20T10:00:00.000Z');
    assert.deepEqual([alert!.value, alert!.limit, alert!.window.start], [190, 100, '2026-11-20T10:50:00.000Z']);
    assert.equal(
      alert!.why,
      'after a restore: it lasts, at 10:55 UTC with 190 (limit 100); you may have been told before',
    );
    await copy.decide(191, 12);
    await copy.pass();
    assert.deepEqual(await copy.restores.release(), { messages: 0, tellings: 0 });
    await copy.pass();
    assert.equal(copy.told().length, 1);
    await copy.decide(3, 13, 15);
    await copy.pass();
    assert.deepEqual(copy.told().slice(1), ['crm: resolved, events > 100']);
  });

  it('is one message with a repeat that is due, and `why` says it', async () => {
    const copy = await ledger({ repeatMs: 50 * MINUTE });
    await copy.decide(150, 1);
    await copy.restore(RESTORED);
    await copy.decide(190, 2, 11);
    await copy.pass();
    assert.deepEqual(copy.told(), [`After a restore: ${FIRING}`]);
    const [line] = await explainTold({ filter: copy.filter, at: at(11) }, copy);
    const tellings = await copy.outbox.tellings({ from: at(1), to: at(12) });
    assert.deepEqual([line!.decision, line!.value, line!.why], ['told', 190, copy.bodies()[0]!.alerts[0]!.why]);
    const fates = tellings.map(({ news, fate, reason }) => [news, fate, reason]);
    assert.deepEqual(fates, [
      ['firing', 'dropped', 'it lasted after the restore, and was told anew'],
      ['repeat', 'sent', null],
      ['restored', 'sent', null],
    ]);
  });

  it('is told where it began after the copy and before the restore; what ended meanwhile is not', async () => {
    const copy = await ledger();
    await copy.decide(150, 1);
    await copy.restore(RESTORED);
    await copy.decide(3, 2, 6);
    await copy.decide(190, 7, 11);
    await copy.pass();
    assert.deepEqual(copy.told(), [], 'it is held first');
    await copy.pass();
    assert.deepEqual(copy.told(), [`After a restore: ${FIRING}`]);
    assert.equal(copy.bodies()[0]!.alerts[0]!.since, '2026-11-20T10:30:00.000Z');
    const fates = (await copy.outbox.tellings({ from: 0, to: at(12) })).map(({ news, fate }) => `${news} ${fate}`);
    assert.deepEqual(fates, ['firing held', 'resolved held', 'firing dropped', 'restored sent']);
  });
});
