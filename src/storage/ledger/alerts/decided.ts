import { sql } from 'kysely';
import {
  type Decided,
  type FilterAt,
  type KeptAlert,
  type KeptState,
  type Told,
  type ToldKey,
  toldName,
} from '../../../core/ports/alerting/alert-store.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import { checkpointsOf, hourOf, STATES_MS } from '../../alerts/checkpoints.ts';
import type { Engine, Rows } from '../../database/engine.ts';
import { allGiven, inStatements, withGiven } from '../../database/given-rows.ts';
import { alertIn, parseObject } from './alert-text.ts';
import { safeText, textIn } from './safe-text.ts';

export async function writeStates(engine: Engine, states: Decided['states']): Promise<void> {
  if (states.length === 0) return;
  await clearStates(engine, states);
  const rows = [...Map.groupBy(states, ({ filter }) => filter)].flatMap(([filter, some]) =>
    checkpointsOf(some).map(({ window, state }) => ({ name: filter, at: window, content: JSON.stringify(state) })),
  );
  await withGiven<(typeof rows)[number]>(engine, { name: 'text', at: 'bigint', content: 'text' }, rows)
    .insertInto('sentry_monitor_rule_states')
    .columns(['filter', 'window_start', 'state'])
    .expression((query) => query.selectFrom('given').select(['name', 'at', 'content']))
    .execute();
}

/** Takes away those in whose place these come, and those that are too old beside them. */
export async function clearStates(engine: Engine, states: Decided['states']): Promise<void> {
  const spans = [...Map.groupBy(states, ({ filter }) => filter)].map(([filter, some]) => ({
    name: filter,
    since: hourOf(Math.min(...some.map(({ window }) => window))),
    oldest: Math.max(...some.map(({ window }) => window)) - STATES_MS,
  }));
  await withGiven<(typeof spans)[number]>(engine, { name: 'text', since: 'bigint', oldest: 'bigint' }, spans)
    .deleteFrom('sentry_monitor_rule_states')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('given')
          .select('name')
          .whereRef('name', '=', 'sentry_monitor_rule_states.filter')
          .where(sql<boolean>`(window_start >= since or window_start < oldest)`),
      ),
    )
    .execute();
}

export async function statesBefore(engine: Engine, asks: readonly FilterAt[]): Promise<ReadonlyMap<string, KeptState>> {
  if (asks.length === 0) return new Map();
  const rows = await withAsks(engine, asks)
    .selectFrom('given')
    .innerJoin('sentry_monitor_rule_states as kept', 'kept.filter', 'name')
    .select(['kept.filter', 'kept.window_start', 'kept.state'])
    .where('kept.window_start', '=', ({ selectFrom }) =>
      selectFrom('sentry_monitor_rule_states as other')
        .select(({ fn }) => fn.max('other.window_start').as('newest'))
        .whereRef('other.filter', '=', 'name')
        .whereRef('other.window_start', '<', 'at'),
    )
    .execute();
  return new Map(
    rows.map(({ filter, window_start: window, state }) => [
      filter,
      { window, state: parseObject(state, 'a state') as JsonObject },
    ]),
  );
}

function withAsks(engine: Engine, asks: readonly FilterAt[]) {
  return withGiven<{ name: string; at: number }>(
    engine,
    { name: 'text', at: 'bigint' },
    asks.map(({ filter, at }) => ({ name: filter, at })),
  );
}

const ALERT = {
  name: 'text',
  of_filter: 'text',
  of_rule: 'text',
  began: 'bigint',
  ended: 'bigint',
  content: 'text',
} as const;

/** An alert as a statement is given it. */
export interface AlertGiven {
  readonly name: string;
  readonly of_filter: string;
  readonly of_rule: string;
  readonly began: number;
  readonly ended: number | null;
  readonly content: string;
}

/** Each once: the last one. */
export function alertRows(alerts: readonly KeptAlert[]): readonly AlertGiven[] {
  return [...new Map(alerts.map((it) => [it.alert.id, it])).values()].map(({ alert, rule, since, until }) => ({
    name: safeText(alert.id),
    of_filter: alert.filter,
    of_rule: safeText(rule),
    began: since,
    ended: until,
    content: JSON.stringify(alert),
  }));
}

export async function writeAlerts(engine: Engine, alerts: readonly KeptAlert[]): Promise<void> {
  for (const some of inStatements(alertRows(alerts))) await putAlerts(engine, some);
}

export async function putAlerts(engine: Engine, rows: Rows<AlertGiven>): Promise<void> {
  await withGiven<AlertGiven>(engine, ALERT, rows)
    .insertInto('sentry_monitor_alerts')
    .columns(['alert_id', 'filter', 'rule', 'since', 'until_window', 'alert'])
    .expression(allGiven(['name', 'of_filter', 'of_rule', 'began', 'ended', 'content'], ['name']))
    .onConflict((conflict) =>
      conflict
        .column('alert_id')
        .doUpdateSet(({ ref }) => ({
          rule: ref('excluded.rule'),
          since: ref('excluded.since'),
          until_window: ref('excluded.until_window'),
          alert: ref('excluded.alert'),
        })),
    )
    .execute();
}

export async function alertsOf(
  engine: Engine,
  asks: readonly FilterAt[],
): Promise<ReadonlyMap<string, readonly KeptAlert[]>> {
  if (asks.length === 0) return new Map();
  const rows = await withAsks(engine, asks)
    .selectFrom('given')
    .innerJoin('sentry_monitor_alerts as kept', 'kept.filter', 'name')
    .select(['kept.filter', 'kept.rule', 'kept.since', 'kept.until_window', 'kept.alert'])
    .where(sql<boolean>`(kept.until_window is null or kept.until_window >= at)`)
    .orderBy('kept.since')
    .orderBy('kept.alert_id')
    .execute();
  const alerts = rows.map(({ filter, rule, since, until_window: until, alert }) => ({
    filter,
    kept: { alert: alertIn(alert), rule: textIn(rule), since, until },
  }));
  return new Map(
    [...Map.groupBy(alerts, ({ filter }) => filter)].map(([filter, some]) => [filter, some.map(({ kept }) => kept)]),
  );
}

const TOLD_KEY = { of_filter: 'text', of_rule: 'text', of_subject: 'text', by_channel: 'text' } as const;

function toldKey({ filter, rule, subject, channel }: ToldKey) {
  return { of_filter: filter, of_rule: safeText(rule), of_subject: safeText(subject), by_channel: safeText(channel) };
}

/** Who was told as a statement is given it. */
export type ToldGiven = ReturnType<typeof toldKey> & { readonly at: number };

/** Each once: the latest. */
export function toldRows(told: readonly Told[]): readonly ToldGiven[] {
  const rows = new Map<string, ToldGiven>();
  for (const it of told) {
    const name = toldName(it);
    rows.set(name, { ...toldKey(it), at: Math.max(it.at, rows.get(name)?.at ?? it.at) });
  }
  return [...rows.values()];
}

const LATEST = sql<number>`case when excluded.told_at < sentry_monitor_told.told_at
  then sentry_monitor_told.told_at else excluded.told_at end`;

export async function writeTold(engine: Engine, told: readonly Told[]): Promise<void> {
  for (const some of inStatements(toldRows(told))) await putTold(engine, some);
}

export async function putTold(engine: Engine, rows: Rows<ToldGiven>): Promise<void> {
  await withGiven<ToldGiven>(engine, { ...TOLD_KEY, at: 'bigint' }, rows)
    .insertInto('sentry_monitor_told')
    .columns(['filter', 'rule', 'subject', 'channel', 'told_at'])
    .expression(
      allGiven(
        ['of_filter', 'of_rule', 'of_subject', 'by_channel', 'at'],
        ['of_filter', 'of_rule', 'of_subject', 'by_channel'],
      ),
    )
    .onConflict((conflict) =>
      conflict.columns(['filter', 'rule', 'subject', 'channel']).doUpdateSet({ told_at: LATEST }),
    )
    .execute();
}

export async function toldOf(engine: Engine, keys: readonly ToldKey[]): Promise<readonly Told[]> {
  if (keys.length === 0) return [];
  const rows = await withGiven(engine, TOLD_KEY, keys.map(toldKey))
    .selectFrom('given')
    .innerJoin('sentry_monitor_told as told', (join) =>
      join
        .onRef('told.filter', '=', 'of_filter')
        .onRef('told.rule', '=', 'of_rule')
        .onRef('told.subject', '=', 'of_subject')
        .onRef('told.channel', '=', 'by_channel'),
    )
    .select(['told.filter', 'told.rule', 'told.subject', 'told.channel', 'told.told_at'])
    .execute();
  return rows.map(({ filter, rule, subject, channel, told_at: at }) => ({
    filter,
    rule: textIn(rule),
    subject: textIn(subject),
    channel: textIn(channel),
    at,
  }));
}
