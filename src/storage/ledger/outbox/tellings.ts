import { type RawBuilder, sql } from 'kysely';
import { type Fate, FATES, type News, NEWS, type Telling } from '../../../core/model/alerting/alert.ts';
import type { Formed, KeptTelling, Outbox } from '../../../core/ports/alerting/outbox.ts';
import type { TellingRow } from '../../database/alert-tables.ts';
import type { Columns, Engine, Rows } from '../../database/engine.ts';
import { inStatements, withGiven } from '../../database/given-rows.ts';
import { alertIn } from '../alerts/alert-text.ts';
import { safeOrNull, safeText, textIn, textOrNull } from '../alerts/safe-text.ts';

/** A telling as a statement is given it. */
export type NewTelling = Omit<TellingRow, 'recorded_at' | 'fate' | 'message_id' | 'reason'>;
const NEW_TELLING: Columns<NewTelling> = {
  telling: 'text',
  channel: 'text',
  alert_id: 'text',
  filter: 'text',
  rule: 'text',
  news: 'text',
  window_start: 'bigint',
  decided_at: 'bigint',
  summary: 'text',
  place: 'integer',
  alert: 'text',
};
const COLUMNS = Object.keys(NEW_TELLING) as (keyof NewTelling)[];

export function tellingRows(tellings: readonly Telling[]): readonly NewTelling[] {
  return tellings.map(rowOf);
}

/** Those that are new; the others stay as they are. */
export async function writeTellings(engine: Engine, tellings: readonly Telling[]): Promise<void> {
  for (const some of inStatements(tellingRows(tellings))) await putTellings(engine, some);
}

export async function putTellings(engine: Engine, rows: Rows<NewTelling>): Promise<void> {
  await withGiven(engine, NEW_TELLING, rows)
    .insertInto('sentry_monitor_tellings')
    .columns([...COLUMNS, 'recorded_at', 'fate'])
    .expression((query) =>
      query
        .selectFrom('given')
        .select([...COLUMNS, later(engine).as('recorded_at')])
        .select(sql<string>`cast('pending' as text)`.as('fate'))
        .where(sql<boolean>`true`)
        .orderBy('telling'),
    )
    .onConflict((conflict) => conflict.column('telling').doNothing())
    .execute();
}

/** By the clock, and later than all that is kept, so that what is decided later comes later. */
function later({ clock }: Engine): RawBuilder<number> {
  const newest = sql`(select coalesce(max(recorded_at), 0) from sentry_monitor_tellings)`;
  return sql<number>`case when ${clock()} > ${newest} then ${clock()} else ${newest} + 1 end`;
}

function rowOf(telling: Telling, place: number): NewTelling {
  const { key, channel, news, alert, rule, window, decidedAt, summary } = telling;
  return {
    telling: safeText(key),
    channel: safeText(channel),
    alert_id: safeText(alert.id),
    filter: alert.filter,
    rule: safeText(rule),
    news,
    window_start: window,
    decided_at: decidedAt,
    summary: safeOrNull(summary),
    place,
    alert: JSON.stringify(alert),
  };
}

export function tellingIn(row: TellingRow): KeptTelling {
  return {
    key: textIn(row.telling),
    channel: textIn(row.channel),
    news: oneOf<News>(NEWS, row.news),
    alert: alertIn(row.alert),
    rule: textIn(row.rule),
    window: row.window_start,
    decidedAt: row.decided_at,
    summary: textOrNull(row.summary),
    fate: fateIn(row.fate),
    messageId: textOrNull(row.message_id),
    reason: textOrNull(row.reason),
  };
}

export function fateIn(text: string): Fate {
  return oneOf<Fate>(FATES, text);
}

function oneOf<T extends string>(all: readonly T[], text: string): T {
  const found = all.find((it) => it === text);
  if (found === undefined) throw new Error(`the ledger holds "${text}", which this program did not write`);
  return found;
}

/** In the order of deciding. */
export async function tellingsIn(
  engine: Engine,
  { from, to, filter }: Parameters<Outbox['tellings']>[0],
): Promise<readonly KeptTelling[]> {
  const rows = await engine.db
    .selectFrom('sentry_monitor_tellings')
    .selectAll()
    .where('window_start', '>=', from)
    .where('window_start', '<', to)
    .$if(filter !== undefined, (query) => query.where('filter', '=', filter!))
    .orderBy('recorded_at')
    .orderBy('place')
    .orderBy('telling')
    .execute();
  return rows.map(tellingIn);
}

/** What became of tellings by forming messages. */
export async function moveTellings(engine: Engine, tellings: Formed['tellings']): Promise<void> {
  if (tellings.length === 0) return;
  const rows = [...new Map(tellings.map((it) => [it.key, it])).values()].map(({ key, fate, messageId, reason }) => ({
    name: safeText(key),
    to_fate: fate,
    in_message: safeOrNull(messageId),
    because: safeOrNull(reason),
  }));
  await withGiven<(typeof rows)[number]>(
    engine,
    { name: 'text', to_fate: 'text', in_message: 'text', because: 'text' },
    rows,
  )
    .updateTable('sentry_monitor_tellings')
    .from('given')
    .set(({ ref }) => ({ fate: ref('to_fate'), message_id: ref('in_message'), reason: ref('because') }))
    .whereRef('telling', '=', 'name')
    .execute();
}
