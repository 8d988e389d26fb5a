import type { Program } from '../../app/assemble.ts';
import { StartError } from '../../app/start-error.ts';
import type { World } from '../../app/world.ts';
import type { Filter } from '../../core/model/filter.ts';
import { type Window, windowsOf } from '../../core/model/window.ts';
import { many } from '../../platform/numbers.ts';
import { named } from '../named.ts';
import type { Block } from '../summary/blocks.ts';
import type { Summary } from '../summary/summarize.ts';
import { reasonsTable } from '../summary/tables.ts';
import { changeOf, compare, type Compared, type Pair, pairsOf } from './compare.ts';
import { connectionChanges, connectionsTable } from './connections.ts';
import { changesTable, differences, inAll, recordsTable } from './differences.ts';
import { assembleToLook } from '../../app/by-hand/assemble-to-look.ts';
import { endWith, lookAt, print, spanText, type Style } from './show.ts';

/** The program as it was with the files of then. Throws a StartError for any fault: a lost file is a false loss. */
export function programBefore(path: string, world: World): Program {
  const program = assembleToLook({ ...world, env: { ...world.env, FILTERS: path } });
  const { filters, redact } = program;
  if (filters.faults.length > 0)
    throw new StartError(filters.faults.map(({ where, text }) => redact(`${where}: ${text}`)));
  return program;
}

export interface Comparison {
  readonly before: Program;
  readonly now: Program;
  readonly span: Window;
  /** Of filters; empty: all. */
  readonly names: readonly string[];
}

/** Reads old and new filters and shows what differs. Gives back the exit code. */
export async function showComparison(comparison: Comparison, world: World, style: Style): Promise<number> {
  const { before: old, now: own, span, names } = comparison;
  const connections = connectionChanges(old.filters.parts, own.filters.parts);
  const sources = new Set(connections.filter(({ section }) => section === 'sources').map(({ name }) => name));
  const all = pairsOf(filtersOf(old), filtersOf(own), (before, now) => {
    const [from, to] = [old.sourceOf(before).name, own.sourceOf(now).name];
    return from !== to || sources.has(to);
  });
  const pairs = named('filter', names, all) ?? all;
  // What did not change is read once: a filter as it is now stands for itself as it was.
  const differ = pairs.filter((pair) => changeOf(pair) !== 'same');
  const sets = [
    { program: own, sinks: own.sinks, filters: pairs.flatMap(({ now }) => now ?? []) },
    { program: old, sinks: old.sinks, filters: differ.flatMap(({ before }) => before ?? []) },
  ];
  const [now = [], before = []] = await lookAt(sets, span, world);
  const compared = pairs.map((pair) => comparedOf(pair, before, now));
  const sinks = [...new Set([...own.sinks, ...old.sinks].map(({ name }) => name))];
  const redact = (text: string): string => old.redact(own.redact(text));
  print(
    [
      [{ heading: headOf(span, differ, connections.length) }],
      connectionsTable(connections),
      ...sectionsOf(compared, sinks),
    ],
    { redact },
    world,
    style,
  );
  return endWith([...now, ...before], own, world);
}

/** Each with its sinks: whether a file names all of them or none is the same. */
function filtersOf({ filters: { filters }, sinks }: Program): readonly Filter[] {
  return filters.map((it) => ({ ...it, sinks: (it.sinks ?? sinks.map(({ name }) => name)).toSorted() }));
}

function comparedOf(pair: Pair, before: readonly Summary[], now: readonly Summary[]): Compared {
  const isNamed = ({ filter }: Summary): boolean => filter === pair.name;
  const own = now.find(isNamed);
  return compare(pair, changeOf(pair) === 'same' ? own : before.find(isNamed), own);
}

function headOf(span: Window, differ: readonly Pair[], connections: number): string {
  const changes =
    differ.length === 0
      ? 'no filter differs'
      : `${many(differ.length, 'filter')} ${differ.length === 1 ? 'differs' : 'differ'}`;
  const others = connections === 0 ? '' : `, ${many(connections, 'connection')} too`;
  return `${spanText(span)}: ${many(windowsOf(span).length, 'window')}, ${changes}${others}; nothing is sent`;
}

function sectionsOf(compared: readonly Compared[], sinks: readonly string[]): readonly (readonly Block[])[] {
  const reasons = compared.flatMap(({ before, now }) => [
    ...reasonsTable(now === undefined ? [] : [now]),
    ...reasonsTable(before === undefined || before === now ? [] : [{ ...before, filter: `${before.filter} before` }]),
  ]);
  return [changesTable(compared), differences(compared), inAll(compared), recordsTable(compared, sinks), reasons];
}
