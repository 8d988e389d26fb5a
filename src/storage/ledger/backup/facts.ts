import { createHash } from 'node:crypto';
import type { Facts } from '../../../core/ports/backup/item.ts';

/** Values of a row as text, in the order of the columns. */
export type TextRow = readonly (string | null)[];

/** A ledger's tables, as they are read for facts. */
export interface FactSource {
  /** Names of the ledger's tables, in no order. */
  tables(): Promise<readonly string[]>;
  /** The rows of a short answer. */
  query(text: string): Promise<readonly TextRow[]>;
  /** All rows of a table, in no order, few of them in memory at a time; its columns by their names. */
  each(table: string): AsyncIterable<TextRow>;
}

const PREFIX = 'sentry_monitor_';
/** What people are told hangs on these: their contents are compared, not only how many rows they have. */
const SUMMED = [
  'alerts',
  'channels',
  'decisions',
  'digests',
  'event_cursors',
  'event_order',
  'messages',
  'mutes',
  'rule_heads',
  'rule_states',
  'tellings',
  'tickets',
  'told',
  'watches',
].map((name) => PREFIX + name);
const BY_FATE = ['tellings', 'messages'] as const;

/** What a ledger has. All of it is to be read in one state of the tables. */
export async function factsOf(source: FactSource): Promise<Facts> {
  const tables = (await source.tables()).toSorted();
  const facts: Record<string, number | string> = { version: await versionIn(tables, source) };
  for (const table of tables) facts[`rows of ${table}`] = await numberOf(`select count(*) from ${table}`, source);
  for (const name of BY_FATE.filter((it) => tables.includes(PREFIX + it)))
    for (const [fate, count] of await source.query(`select fate, count(*) from ${PREFIX}${name} group by fate`))
      facts[`${name} ${fate}`] = Number(count);
  if (tables.includes(`${PREFIX}event_order`))
    facts['sequence of events'] = await numberOf(`select max(stored_at) from ${PREFIX}event_order`, source);
  for (const table of SUMMED.filter((it) => tables.includes(it)))
    facts[`contents of ${table}`] = await sumOf(source.each(table));
  return facts;
}

/** 0: there are no tables. */
async function versionIn(tables: readonly string[], source: FactSource): Promise<number> {
  return tables.includes(`${PREFIX}schema`) ? numberOf(`select max(version) from ${PREFIX}schema`, source) : 0;
}

async function numberOf(text: string, source: FactSource): Promise<number> {
  return Number((await source.query(text))[0]?.[0] ?? 0);
}

/** The same for the same rows, in whatever order they come. */
async function sumOf(rows: AsyncIterable<TextRow>): Promise<string> {
  let sum = 0n;
  for await (const row of rows) sum += createHash('sha256').update(JSON.stringify(row)).digest().readBigUInt64BE();
  return BigInt.asUintN(64, sum).toString(16).padStart(16, '0');
}

/** What was compared, for people. */
export function factsSaid(facts: Facts): string {
  const counts = (begins: string): number =>
    Object.entries(facts).reduce((sum, [name, value]) => sum + (name.startsWith(begins) ? Number(value) : 0), 0);
  const number = (name: string): number => Number(facts[name] ?? 0);
  const tables = Object.keys(facts).filter((name) => name.startsWith('rows of ')).length;
  return [
    `schema ${number('version')}`,
    `${counts('rows of ')} rows in ${tables} tables`,
    `outbox of ${counts('messages ')} messages and ${counts('tellings ')} tellings ` +
      `(${number('tellings pending')} pending)`,
    `rule states of ${number(`rows of ${PREFIX}rule_heads`)} filters`,
    `events up to number ${number('sequence of events')}`,
  ].join(', ');
}
