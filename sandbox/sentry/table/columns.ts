import { bareGetter, type Getter, type Lookup, tagGetter } from '../../search/fields.ts';
import type { SandboxEvent } from '../../types.ts';
import { badRequest } from '../errors.ts';

export type Cell = string | number | null | readonly string[];

/** A group column: its key in the row is the text that was asked for. */
export type GroupColumn = {
  readonly kind: 'group';
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  get(event: SandboxEvent, lookup: Lookup): Cell;
};

export type AggregateColumn = {
  readonly kind: 'aggregate';
  readonly name: string;
  readonly function: 'count' | 'count_unique' | 'last_seen';
  readonly argument: string;
};

export type Column = GroupColumn | AggregateColumn;

const FIELD_LIMIT = 20;
const NUMBERS = new Set(['issue.id', 'project.id']);

/** `field`, as Sentry reads it. `issue` brings `issue.id` along; without aggregates so come `id` and `project.name`. */
export function readColumns(names: readonly string[]): Column[] {
  const asked = [...new Set(names.filter((name) => name !== ''))];
  if (asked.length === 0) throw badRequest('No columns selected');
  if (names.length > FIELD_LIMIT)
    throw badRequest('You can view up to 20 fields at a time. Please delete some and try again.');
  const columns = asked.map(columnOf);
  refuseDoubleUse(columns);
  const extra = columns.some((column) => column.kind === 'aggregate') ? [] : ['id', 'project.name'];
  if (asked.includes('issue')) extra.push('issue.id');
  return [...columns, ...extra.filter((name) => !asked.includes(name)).map(columnOf)];
}

export function columnOf(name: string): Column {
  const call = /^([a-z_]+)\((.*)\)$/.exec(name);
  if (call !== null) return aggregateOf(name, call[1] ?? '', call[2] ?? '');
  const tag = /^tags\[(.+)\]$/.exec(name)?.[1]?.replace(/, ?(string|number)$/, '');
  const checked = tag ?? name;
  if (!/^[a-zA-Z0-9_.:-]+$/.test(checked)) throw badRequest(`Invalid characters in field ${name}`);
  const get = tag === undefined ? bareGetter(name) : tagGetter(tag);
  return { kind: 'group', name, type: typeOf(name), get: NUMBERS.has(name) ? numeric(get) : get };
}

function aggregateOf(name: string, called: string, argument: string): AggregateColumn {
  if (called === 'count' && argument === '') return { kind: 'aggregate', name, function: 'count', argument };
  if (called === 'last_seen' && argument === '') return { kind: 'aggregate', name, function: 'last_seen', argument };
  if (called === 'count_unique' && /^[a-zA-Z0-9_.:-]+$/.test(argument)) {
    return { kind: 'aggregate', name, function: 'count_unique', argument };
  }
  throw badRequest(`${name} is not a valid function`);
}

function numeric(get: Getter): GroupColumn['get'] {
  return (event, lookup) => {
    const text = get(event, lookup);
    return text === null || typeof text === 'object' ? null : Number(text);
  };
}

function typeOf(name: string): GroupColumn['type'] {
  if (NUMBERS.has(name)) return 'integer';
  return name === 'timestamp' ? 'date' : 'string';
}

function refuseDoubleUse(columns: readonly Column[]): void {
  for (const column of columns) {
    if (column.kind !== 'group') continue;
    const users = columns.filter((other) => other.kind === 'aggregate' && other.argument === column.name);
    if (users.length === 0) continue;
    throw badRequest(
      'A single field cannot be used both inside and outside a function in the same query. ' +
        `To use ${column.name} you must first remove the function(s): ${users.map((user) => user.name).join(', ')}`,
    );
  }
}

/** `issue` is made from `issue.id` after the query and does not appear, as in Sentry's own answers. */
export function metaOf(columns: readonly Column[]): Record<string, unknown> {
  const shown = columns.filter((column) => column.name !== 'issue');
  return {
    fields: Object.fromEntries(shown.map((column) => [column.name, metaType(column)])),
    units: Object.fromEntries(shown.map((column) => [column.name, null])),
    isMetricsData: false,
    isMetricsExtractedData: false,
    tips: { query: null, columns: null },
    datasetReason: 'unchanged',
    dataset: 'errors',
  };
}

function metaType(column: Column): string {
  if (column.kind === 'group') return column.type;
  return column.function === 'last_seen' ? 'date' : 'integer';
}
