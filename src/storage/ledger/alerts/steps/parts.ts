import * as z from 'zod/mini';
import type { Conclusion, Decided } from '../../../../core/ports/alerting/alert-store.ts';
import { chunks } from '../../../../core/model/chunks.ts';
import type { Engine } from '../../../database/engine.ts';
import { parse } from '../../codec.ts';
import { writeTellings } from '../../outbox/tellings.ts';
import { writeAlerts, writeTold } from '../decided.ts';
import type { Aside } from './texts.ts';

/** What of a decision is kept part by part. */
type Part = Pick<Decided, 'alerts' | 'tellings' | 'told'>;

/** A part has so many rows: they are written within some milliseconds. */
const ROWS = 100;

const Rows = z.array(z.looseObject({}));
const PartText = z.object({ alerts: Rows, tellings: Rows, told: Rows });

export function partsOf({ alerts, tellings, told }: Decided): readonly Aside[] {
  const none: Part = { alerts: [], tellings: [], told: [] };
  const parts: readonly Part[] = [
    ...chunks(alerts, ROWS).map((some) => ({ ...none, alerts: some })),
    ...chunks(tellings, ROWS).map((some) => ({ ...none, tellings: some })),
    ...chunks(told, ROWS).map((some) => ({ ...none, told: some })),
  ];
  return parts.map((content, part) => ({ part, content: JSON.stringify(content) }));
}

/** Each by a statement of its own: nothing of them counts until their decision takes effect. */
export async function putAside(
  { db }: Engine,
  { filter, number }: Pick<Conclusion, 'filter' | 'number'>,
  all: readonly Aside[],
): Promise<void> {
  for (const { part, content } of all)
    await db.insertInto('sentry_monitor_decisions').values({ filter, number, part, content }).execute();
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
    .select(['part', 'content'])
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
  const { alerts, tellings, told } = parse(PartText, next.content, 'a part of a decision') as unknown as Part;
  await writeAlerts(engine, alerts);
  await writeTellings(engine, tellings);
  await writeTold(engine, told);
  await db
    .deleteFrom('sentry_monitor_decisions')
    .where('filter', '=', filter)
    .where('number', '=', number)
    .where('part', '=', next.part)
    .execute();
  return true;
}
