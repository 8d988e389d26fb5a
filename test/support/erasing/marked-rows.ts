import { type RawBuilder, sql } from 'kysely';
import type { Engine } from '../../../src/storage/database/engine.ts';

/** By table and column, a text of which `NAME` is part, as whoever writes that column writes it. */
const HELD: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  claims: {
    receipt: { accepted: 0, refused: [{ key: 'k', why: 'NAME: too long' }], uncertain: 0, failed: 0, refs: [] },
    delivered: [['k', { status: 'refused', why: 'no NAME' }]],
    items: [{ key: 'k', body: { eventType: 'SentryMonitoring', message: 'no NAME', login: 'NAME' } }],
  },
  reports: {
    gaps: [{ part: 'details', reason: 'request_failed', detail: 'NAME' }],
    warnings: ['NAME is unknown'],
    issues: [{ issueId: '1', details: { title: 'no NAME', assignee: 'NAME' } }],
    splits: [{ issueId: '1', tags: { login: 'NAME', name: 'NAME' }, events: 1 }],
  },
  issues: { title: 'no NAME', culprit: 'in NAME', url: 'https://example.com/?q=NAME' },
  rule_states: { state: { rules: [{ subjects: [['1', { episode: { alert: { why: 'NAME' } } }]] }] } },
  decisions: { content: { alerts: [{ subject: { id: '1', title: 'NAME' } }] } },
  alerts: { alert: { id: 'a', state: 'firing', subject: { kind: 'issue', id: '1', title: 'no NAME' } } },
  tellings: { alert: { id: 'a', subject: { kind: 'issue', id: '1', title: 'NAME' } }, reason: 'muted: NAME' },
  messages: {
    message: { id: 'm', alerts: [{ id: 'a', why: 'NAME' }], lines: ['NAME'], hits: { a: { texts: ['NAME'] } } },
    posts: { tries: 1, error: 'NAME is not here' },
  },
  channels: { last_error: 'no NAME' },
  mutes: { mute: { id: 'm', what: { kind: 'issue', name: '1' }, why: 'NAME calls', by: 'NAME' } },
  deploys: { deploy: { id: 'd', release: 'NAME-1' } },
  actions: { action: { id: 'a', kind: 'mute', by: 'NAME', text: 'for NAME' } },
  events: {
    person: 'NAME',
    content: { title: 'no NAME', text: 'of NAME', tags: { 'user.email': 'NAME', name: 'NAME' } },
  },
  event_issues: {
    ...{ title: 'no NAME', culprit: 'NAME', url: 'https://example.com/NAME' },
    newest: {
      eventId: 'e',
      user: 'NAME',
      tags: { a: 'NAME' },
      sample: { text: 'NAME', frames: [], context: ['NAME'] },
    },
  },
  event_firsts: {
    sample: { eventId: 'e', user: 'u2', tags: { a: 'NAME' }, sample: { text: 'NAME', frames: [], context: ['NAME'] } },
  },
  event_traits: { words: ' WORDS ', grouping: { by: 'text', parts: ['NAME'], kept: ['NAME'] } },
  event_rejects: { content: { reason: 'no JSON', place: 'message 1', text: '{"user":"NAME' } },
  event_timings: { name: 'GET /NAME' },
  event_cursors: { position: { files: [{ live: '/log', log: { streams: { streams: [{ recent: ['NAME'] }] } } }] } },
  event_objects: { state: { streams: { streams: [{ open: { body: { first: ['NAME'] } } }] } }, why: 'no NAME' },
  tickets: { state: { ticket: { id: '1', key: 'CRM-1', url: 'https://jira.example.com' }, error: 'no NAME' } },
  known_tickets: { ticket: { key: 'CRM-1', summary: 'NAME', assignee: 'NAME' }, words: 'WORDS', said: 'says NAME' },
  issue_texts: { words: 'a WORDS b' },
  watches: {
    ...{ good: { at: 1, value: 'NAME', more: {} }, answer: '[{"id":"NAME","name":"NAME"}]' },
    ...{ last: { fault: 'no NAME' }, past: [[1, 'NAME']], state: { rule: { was: 'NAME' } } },
  },
  jobs: { good: 'of NAME', failed: 'no NAME' },
  upkeep: { state: { error: 'NAME' } },
};

/** Columns that hold JSON within a text. */
const IN_TEXT = ['event_cursors.position', 'event_objects.state'];

export interface TextColumn {
  readonly table: string;
  readonly column: string;
  readonly isText: boolean;
}

/** Every column of every table, as the database itself tells of them. */
async function columnsOf({ db, locksRows }: Engine): Promise<readonly TextColumn[]> {
  const asked = locksRows
    ? sql`select table_name as "table", column_name as "column", data_type as type from information_schema.columns
        where table_schema = 'public' order by 1, 2`
    : sql`select m.name as "table", c.name as "column", c.type as type from sqlite_master as m,
        pragma_table_info(m.name) as c where m.type = 'table' order by 1, 2`;
  const { rows } = await sql<{ table: string; column: string; type: string }>`${asked}`.execute(db);
  return rows.map(({ table, column, type }) => ({ table, column, isText: type.toLowerCase() === 'text' }));
}

/** A row in each table, with the name in each column that can hold one. Gives back how many columns that are. */
export async function markEverywhere(engine: Engine, name: string, words: string): Promise<number> {
  const tables = Map.groupBy(await columnsOf(engine), ({ table }) => table);
  let marked = 0;
  await engine.db.transaction().execute(async (db) => {
    for (const [table, columns] of tables) {
      const held = HELD[table.replace('sentry_monitor_', '')] ?? {};
      const values = columns.map(({ column, isText }): RawBuilder<unknown> => {
        if (!(column in held)) return isText ? sql`${`${column}-1`}` : sql.lit(99);
        marked++;
        return sql`${textOf(held[column], IN_TEXT.includes(`${table.slice(15)}.${column}`), name, words)}`;
      });
      await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ column }) => sql.ref(column)))})
      values (${sql.join(values)})`.execute(db);
    }
  });
  return marked;
}

function textOf(value: unknown, isInText: boolean, name: string, words: string): string {
  const json = (it: unknown): string => JSON.stringify(it).replaceAll('WORDS', words).replaceAll('NAME', inJson(name));
  if (typeof value === 'string') return inJson(value.replaceAll('WORDS', words).replaceAll('NAME', name));
  return isInText ? inJson(json(value)) : json(value);
}

/** As a text stands between quotes. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Of every text of every table, those that say this, in capitals or not. */
export async function textsWith(engine: Engine, part: string): Promise<readonly string[]> {
  const columns = (await columnsOf(engine)).filter(({ isText }) => isText);
  const texts = columns.map(
    ({ table, column }) => sql`select ${sql.lit(`${table.slice(15)}.${column}`)} as place,
      ${sql.ref(column)} as text from ${sql.table(table)}`,
  );
  const all = sql`${sql.join(texts, sql` union all `)}`;
  const { rows } = await sql<{ place: string; text: string | null }>`${all}`.execute(engine.db);
  return rows.flatMap(({ place, text }) => (text?.toLowerCase().includes(part) ? [`${place}: ${text}`] : []));
}
