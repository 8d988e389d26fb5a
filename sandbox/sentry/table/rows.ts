import { type Counted, momentOf, usersOf } from '../../events/masses.ts';
import { bareGetter, type Lookup, textOf } from '../../search/fields.ts';
import type { SandboxEvent } from '../../types.ts';
import { createDistinct, type Distinct } from '../../events/distinct.ts';
import type { AggregateColumn, Cell, Column, GroupColumn } from './columns.ts';

/** `numbers` holds the aggregates as numbers, dates as epoch milliseconds: for sorting and HAVING. */
export type Row = { readonly cells: Readonly<Record<string, Cell>>; readonly numbers: ReadonlyMap<string, number> };

type Group = { readonly keys: readonly Cell[]; count: number; last: number; readonly unique: readonly Distinct[] };

/** Groups events by all group columns together; aggregates alone give one row, also of nothing. */
export function aggregate(
  { events, portions }: Counted,
  columns: readonly Column[],
  extra: readonly AggregateColumn[],
  lookup: Lookup,
): Row[] {
  const keys = columns.filter((column) => column.kind === 'group');
  const aggregates = [...columns.filter((column) => column.kind === 'aggregate'), ...extra];
  const uniques = aggregates
    .filter((column) => column.function === 'count_unique')
    .map(({ argument }) => ({ argument, get: bareGetter(argument) }));
  const groups = new Map<string, Group>();
  const groupOf = (event: SandboxEvent): Group => {
    const cells = keys.map((column) => column.get(event, lookup));
    return groupNamed(groups, cells, uniques.length);
  };
  if (keys.length === 0) groupNamed(groups, [], uniques.length);
  for (const event of events) {
    const group = groupOf(event);
    note(group, 1, event.at);
    uniques.forEach(({ get }, i) => {
      noteValue(group, i, textOf(get(event, lookup)));
    });
  }
  for (const portion of portions) {
    const { mass, first, end } = portion;
    const group = groupOf(mass.like);
    note(group, end - first, momentOf(mass, end - 1));
    uniques.forEach(({ argument, get }, i) => {
      if (argument === 'user') for (const range of usersOf(portion)) group.unique[i]?.addRange(range);
      else noteValue(group, i, textOf(get(mass.like, lookup)));
    });
  }
  return [...groups.values()].map((group) => rowOf(group, columns, keys, aggregates));
}

function note(group: Group, count: number, at: number): void {
  group.count += count;
  group.last = Math.max(group.last, at);
}

function noteValue(group: Group, index: number, value: string | null): void {
  if (value !== null && value !== '') group.unique[index]?.add(value);
}

/** The group with these keys, made when there is none yet. */
function groupNamed(groups: Map<string, Group>, keys: readonly Cell[], uniques: number): Group {
  const name = JSON.stringify(keys);
  const known = groups.get(name);
  if (known !== undefined) return known;
  const made: Group = { keys, count: 0, last: 0, unique: Array.from({ length: uniques }, createDistinct) };
  groups.set(name, made);
  return made;
}

function rowOf(
  group: Group,
  columns: readonly Column[],
  keys: readonly GroupColumn[],
  aggregates: readonly AggregateColumn[],
): Row {
  const numbers = aggregateNumbers(group, aggregates);
  const cells = columns.map((column): [string, Cell] => {
    if (column.kind === 'group') return [column.name, group.keys[keys.indexOf(column)] ?? null];
    const number = numbers.get(column.name) ?? 0;
    return [column.name, column.function === 'last_seen' ? secondsText(number) : number];
  });
  return { cells: Object.fromEntries(cells), numbers };
}

function aggregateNumbers(group: Group, aggregates: readonly AggregateColumn[]): Map<string, number> {
  const numbers = new Map<string, number>();
  let unique = 0;
  for (const column of aggregates) {
    if (column.function === 'count_unique') numbers.set(column.name, group.unique[unique++]?.size() ?? 0);
    else numbers.set(column.name, column.function === 'count' ? group.count : group.last);
  }
  return numbers;
}

/** `2025-04-07T12:23:39+00:00`, whole seconds. Of no events it is the epoch. */
export function secondsText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+00:00`;
}

/** Without aggregates every event is a row. */
export function eventRows(events: readonly SandboxEvent[], columns: readonly Column[], lookup: Lookup): Row[] {
  return events.map((event) => ({
    cells: Object.fromEntries(
      columns.map((column) => [column.name, column.kind === 'group' ? column.get(event, lookup) : null]),
    ),
    numbers: new Map(),
  }));
}
