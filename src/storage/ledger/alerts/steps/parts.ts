import { sql } from 'kysely';
import type { Conclusion, Decided } from '../../../../core/ports/alerting/alert-store.ts';
import { chunks } from '../../../../core/model/chunks.ts';
import { overlapping } from '../../../../platform/overlapping.ts';
import type { Engine } from '../../../database/engine.ts';
import { putTellings, tellingRows } from '../../outbox/tellings.ts';
import { alertRows, putAlerts, putTold, toldRows } from '../decided.ts';
import type { Aside } from './texts.ts';

/** A step keeps so many rows of each kind: they are written within some milliseconds. */
const ROWS = 300;

/** What is kept of each kind, in this order. A step has a part for each, which may be absent. */
const KINDS = [
  { rowsOf: ({ alerts }: Decided) => alertRows(alerts), put: putAlerts },
  { rowsOf: ({ tellings }: Decided) => tellingRows(tellings), put: putTellings },
  { rowsOf: ({ told }: Decided) => toldRows(told), put: putTold },
] as const;

/** Rows as the statements are given them, so that they need not be read to be kept. Made as they are asked for. */
export function* partsOf(decided: Decided): Generator<Aside> {
  const steps = KINDS.map(({ rowsOf }) => chunks<object>(rowsOf(decided), ROWS));
  const most = Math.max(...steps.map(({ length }) => length));
  for (let step = 0; step < most; step++)
    for (const [kind, { [step]: rows }] of steps.entries())
      if (rows !== undefined) yield { part: step * KINDS.length + kind, content: JSON.stringify(rows) };
}

/** So many characters are put aside by a statement: it holds a ledger for some milliseconds. */
const TEXT_AT_ONCE = 500_000;

/** Nothing of them counts until their decision takes effect. */
export async function putAside(
  { db }: Engine,
  { filter, number }: Pick<Conclusion, 'filter' | 'number'>,
  all: Iterable<Aside>,
): Promise<void> {
  await overlapping(bySize(all), (some) =>
    db
      .insertInto('sentry_monitor_decisions')
      .values(some.map((it) => ({ filter, number, ...it })))
      .execute(),
  );
}

function* bySize(all: Iterable<Aside>): Generator<readonly Aside[]> {
  let [some, size]: [Aside[], number] = [[], 0];
  for (const one of all) {
    if (some.length > 0 && size + one.content.length > TEXT_AT_ONCE) {
      yield some;
      [some, size] = [[], 0];
    }
    some.push(one);
    size += one.content.length;
  }
  if (some.length > 0) yield some;
}

/** Of this decision, or of those that began before it. */
export async function forgetParts({ db }: Engine, filter: string, which: '=' | '<', number: number): Promise<void> {
  await db.deleteFrom('sentry_monitor_decisions').where('filter', '=', filter).where('number', which, number).execute();
}

/** Keeps the next part of a decision that took effect. False: there is none left, and all of it counts now. */
export function keepNext(engine: Engine, filter: string, number: number): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    const head = await db
      .selectFrom('sentry_monitor_rule_heads')
      .select('writing')
      .where('filter', '=', filter)
      .$if(engine.locksRows, (query) => query.forUpdate())
      .executeTakeFirst();
    return head?.writing === number && keepOne(trx, filter, number);
  });
}

/** The same of all that are left. NOTE: under the lock of the filter. */
export async function keepRest(engine: Engine, filter: string, number: number): Promise<void> {
  while (await keepOne(engine, filter, number));
}

async function keepOne(engine: Engine, filter: string, number: number): Promise<boolean> {
  const { db } = engine;
  const next = await db
    .selectFrom('sentry_monitor_decisions')
    .select('part')
    .where('filter', '=', filter)
    .where('number', '=', number)
    .where('part', '>=', 0)
    .orderBy('part')
    .limit(1)
    .executeTakeFirst();
  if (next === undefined) {
    await forgetParts(engine, filter, '=', number);
    await db.updateTable('sentry_monitor_rule_heads').set({ writing: null }).where('filter', '=', filter).execute();
    return false;
  }
  const first = next.part - (next.part % KINDS.length);
  for (const [kind, { put }] of KINDS.entries())
    await put(
      engine,
      sql<string>`(select content from sentry_monitor_decisions where filter = ${filter}
        and number = cast(${number} as bigint) and part = cast(${first + kind} as integer))`,
    );
  await db
    .deleteFrom('sentry_monitor_decisions')
    .where('filter', '=', filter)
    .where('number', '=', number)
    .where('part', '>=', first)
    .where('part', '<', first + KINDS.length)
    .execute();
  return true;
}
