import type { Change } from '../model/aftermath.ts';
import type { Gap } from '../model/gap.ts';
import type { Reading, Total } from '../model/reading.ts';
import type { Report } from '../model/report.ts';
import type { Count } from '../ports/recounts.ts';

type Totals = Report['totals'];
type Before = Pick<Count, 'totals' | 'gaps'>;
type Now = Pick<Reading, 'totals' | 'gaps'>;

/** A window's count beside an earlier one. */
export interface Comparison {
  /** The higher count of each project. */
  readonly totals: Totals;
  /** What is still missing in the totals, and what the earlier count lacked besides. */
  readonly gaps: readonly Gap[];
  readonly grown: readonly Change[];
  /** Events that the source no longer has. */
  readonly shrunk: readonly Change[];
  /** Every total is whole, then and now: the difference is what came late. */
  readonly isWhole: boolean;
}

/**
 * The higher count holds: what was counted once has happened. A count with a gap is a lower bound, and never says that
 * there are fewer.
 */
export function compare(before: Before, now: Now): Comparison {
  const projects = [...new Set([...before.totals, ...now.totals].map(({ project }) => project))];
  const all = projects.map((project) => compareOne(project, before, now));
  const unread = (gap: Gap): boolean => gap.project !== undefined && !projects.includes(gap.project);
  const gaps = [
    ...all.flatMap((it) => it.gaps),
    ...now.gaps.filter(unread),
    ...before.gaps.filter((gap) => gap.part !== 'totals' || unread(gap) || isUnsettled(gap, now)),
  ];
  return {
    totals: all.map(({ total }) => total),
    gaps: [
      ...new Map(gaps.toReversed().map((gap) => [`${gap.part} ${gap.reason} ${gap.project ?? ''}`, gap])).values(),
    ].toReversed(),
    grown: all.filter(({ from, to }) => from === null || to > from).map(changeOf),
    shrunk: all.filter(({ from, to }) => from !== null && to < from).map(changeOf),
    isWhole: all.every((it) => it.isWhole),
  };
}

interface Compared extends Change {
  readonly total: Totals[number];
  readonly gaps: readonly Gap[];
  readonly isWhole: boolean;
}

function compareOne(project: string, before: Before, now: Now): Compared {
  const [then, today] = [totalOf(before.totals, project), totalOf(now.totals, project)];
  const [was, open] = [gapsOf(before.gaps, project), gapsOf(now.gaps, project)];
  const same = (total: Totals[number], to: number): Compared => ({
    project,
    from: total.events,
    to,
    total,
    gaps: was,
    isWhole: today !== undefined && was.length + open.length === 0,
  });
  if (today === undefined) return same(then!, then!.events);
  if (then !== undefined && today.events < then.events)
    return same(then, open.length === 0 ? today.events : then.events);
  const total = then?.events === today.events ? then : { ...today, issues: then?.issues ?? null };
  return {
    project,
    from: then?.events ?? null,
    to: today.events,
    total,
    gaps: open,
    isWhole: then !== undefined && was.length + open.length === 0,
  };
}

function changeOf({ project, from, to }: Change): Change {
  return { project, from, to };
}

/** Zeros of which nobody knew whether they are an all-clear, and still nobody knows. */
function isUnsettled({ part, project }: Gap, now: Now): boolean {
  return part === 'totals' && project === undefined && now.totals.every(({ events }) => events === 0);
}

/** What makes a project's total uncertain. */
function gapsOf(gaps: readonly Gap[], project: string): readonly Gap[] {
  return gaps.filter((gap) => gap.part === 'totals' && (gap.project === undefined || gap.project === project));
}

function totalOf<T extends { readonly project: string }>(totals: readonly T[], project: string): T | undefined {
  return totals.find((total) => total.project === project);
}

/** What changed from one count to a later one. */
export function changes(before: Totals, now: Totals): readonly Change[] {
  return now.flatMap(({ project, events }): Change[] => {
    const then = totalOf(before, project);
    return then !== undefined && then.events >= events ? [] : [{ project, from: then?.events ?? null, to: events }];
  });
}

export function eventsIn(totals: readonly Pick<Total, 'events'>[]): number {
  return totals.reduce((sum, { events }) => sum + events, 0);
}
