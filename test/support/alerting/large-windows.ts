import assert from 'node:assert/strict';
import { decideWindows } from '../../../src/core/alerts/decide/decide-windows.ts';
import type { WindowFacts } from '../../../src/core/model/alerting/facts.ts';
import { HOUR_MS } from '../../../src/core/model/window.ts';
import type { AlertStore } from '../../../src/core/ports/alerting/alert-store.ts';
import type { KeptTelling } from '../../../src/core/ports/alerting/outbox.ts';
import type { Database } from '../../../src/storage/database/database.ts';
import { sqlAlerts } from '../../../src/storage/ledger/alerts/index.ts';
import { sqlHistory } from '../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../src/storage/ledger/outbox/index.ts';
import { filterOf } from '../build/reports.ts';
import { claimsDeps, type LedgerBox } from '../ledger/ledgers.ts';
import { at } from './engine/engine.ts';
import { ruleOf } from './engine/rules.ts';
import { factsIn, issueIn } from './stage.ts';
import { stoppingAfter } from './stopping.ts';
import { emptyAlerts } from './tables.ts';
import { reportFor } from './whole/play.ts';

const EACH = ruleOf('events > 20', { each: 'issue', clear: 1, tell: ['ops'] });
const CRM = filterOf({ name: 'crm', alerts: [EACH, ruleOf('new', { tell: ['ops'] })] });

/** So many issues that they are decided in steps: of 390 too many events, 20 of them new. */
export function loud(window: number, events = 21): WindowFacts {
  return factsIn('crm', at(window), {
    issues: Array.from({ length: 501 }, (_, n) =>
      issueIn(`i${n}`, n < 390 ? events : 1, { isNew: n < 20, firstSeen: n < 20 ? at(window) : at(-9) }),
    ),
  });
}

/** Keeps a window and decides it. */
export async function fillLarge(facts: WindowFacts, alerts: AlertStore, box: LedgerBox): Promise<void> {
  await sqlHistory(box.database, claimsDeps).put([reportFor(facts)]);
  const now = facts.window.end + HOUR_MS;
  await decideWindows([{ filter: CRM, facts }], { alerts, now, loadedAt: 1, pageOf: () => null });
}

/** A store that takes no steps. */
export function atOnce({ learn, transaction, look }: AlertStore): AlertStore {
  return { learn, transaction, look };
}

/** Keys of what may be told. */
export async function openedIn(box: LedgerBox): Promise<readonly string[]> {
  return byKey((await sqlOutbox(box.database, claimsDeps).open('ops')).tellings).map(({ key }) => key);
}

export function byKey(all: readonly KeptTelling[]): readonly KeptTelling[] {
  return all.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

export async function leftIn({ database }: LedgerBox): Promise<number> {
  const { db } = await database.ready();
  return (await db.selectFrom('sentry_monitor_decisions').select('part').execute()).length;
}

/** A way that takes steps in any database, as all did once. */
function stepping(database: Database): Database {
  return { ...database, ready: async () => ({ ...(await database.ready()), locksRows: false }) };
}

/** What a version that took steps left is kept by the next decision. */
export async function cutSteps(box: LedgerBox): Promise<void> {
  await cutBy([24, 60], box, stepping(box.database));
}

/**
 * A process that ends after so many statements leaves nothing told in part, and the next decision brings the rest.
 * Where all is one transaction there is no rest.
 */
export async function cutBy(crashes: readonly number[], box: LedgerBox, way = box.database): Promise<void> {
  await fillLarge(loud(1), sqlAlerts(box.database), box);
  const expected = await openedIn(box);
  let [isOver, parts] = [false, 0];
  for (const after of crashes) {
    await emptyAlerts(box.database);
    const stopping = stoppingAfter(way, after);
    await fillLarge(loud(1), sqlAlerts(stopping.database), box).catch(() => undefined);
    isOver = stopping.left() >= 0;
    const told = await openedIn(box);
    assert.ok([0, expected.length].includes(told.length), `${told.length} after ${after} statements`);
    const due = await sqlOutbox(box.database, claimsDeps).due(at(99));
    assert.deepEqual(due, told.length === 0 ? [] : ['ops']);
    if ((await leftIn(box)) > 0) parts++;
    await fillLarge(loud(1), atOnce(sqlAlerts(box.another())), box);
    assert.deepEqual(await openedIn(box), expected);
  }
  const { locksRows } = await way.ready();
  assert.deepEqual([isOver, parts > 0], [true, !locksRows], `${parts} crashes left parts`);
}
