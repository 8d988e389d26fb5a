import type { Digest, DigestFilter, DigestIssue } from '../../model/alerting/digest.ts';
import { type DigestPlan, zoneOf } from '../../model/alerting/digest-plan.ts';
import type { Filter } from '../../model/filter.ts';
import { isoOf } from '../../model/window.ts';
import type { DigestReach } from '../../ports/alerting/digest-store.ts';
import type { EventStore, StoredIssue } from '../../ports/events/event-store.ts';
import { NAMED } from '../content.ts';
import { storedChart } from './chart.ts';
import { type Group, type Groups, groupsOf, recordOf } from './groups.ts';

export interface StoredDeps {
  readonly events: Pick<EventStore, 'stored' | 'series' | 'each' | 'issues'>;
  /** Addresses of pages; null: there is none. */
  pageOf(filter: string): string | null;
  issuePage(issueId: string): string | null;
}

/** What a digest is of. Instants are epoch ms. */
export interface StoredSlot {
  readonly from: DigestReach;
  readonly to: DigestReach;
  /** When the last one arrived, and the time of this one. */
  readonly start: number;
  readonly end: number;
  readonly late: boolean;
  readonly readTo: number;
  readonly lacks: readonly string[];
}

/** Reads all that was stored since, and what a digest says of it. `filters`: those of the plan. */
export async function makeStored(
  plan: DigestPlan,
  filters: readonly Filter[],
  slot: StoredSlot,
  deps: StoredDeps,
): Promise<Digest> {
  const { start, end, late, lacks } = slot;
  const groups = await groupsOf(filters, slot, deps.events);
  const all: DigestFilter[] = [];
  for (const filter of filters) all.push(await filterOf(filter, groups.get(filter.name)!, { ...deps, slot }));
  return {
    name: plan.name,
    slot: { start: isoOf(start), end: isoOf(end) },
    zone: zoneOf(plan.at),
    late,
    filters: all,
    chart: plan.chart === null ? null : await storedChart(plan.chart, end, filters, { ...deps, readTo: slot.readTo }),
    since: 'delivered',
    ...(lacks.length === 0 ? {} : { lacks }),
  };
}

type FilterDeps = StoredDeps & { readonly slot: StoredSlot };

async function filterOf(filter: Filter, groups: Groups, deps: FilterDeps): Promise<DigestFilter> {
  const sorted = [...groups].toSorted(([a, one], [b, other]) => other.events - one.events || (a < b ? -1 : 1));
  const ids = sorted.map(([id]) => id);
  const known = await deps.events.issues(filter.projects, ids, filter.environments);
  const issues = sorted.map(([id, group]) => issueOf(id, group, known.get(id), deps));
  const fresh = issues.filter(({ state }) => state === 'new');
  const { slot } = deps;
  return {
    filter: filter.name,
    team: filter.team ?? null,
    page: deps.pageOf(filter.name),
    events: issues.reduce((sum, { events }) => sum + events, 0),
    issues: issues.length,
    issuesAtLeast: false,
    issuesSince: null,
    before: { start: isoOf(slot.start), end: isoOf(slot.start), events: null, issues: null, complete: false },
    windows: { all: 0, counted: 0, withEvents: 0, incomplete: 0, silent: 0, notCounted: 0, gaps: [] },
    biggest: issues.slice(0, NAMED),
    new: { count: fresh.length, first: fresh.slice(0, NAMED) },
    regressed: { count: 0, first: [] },
    archived: { count: 0, first: [] },
    rules: [],
    held: {},
  };
}

/** NOTE: known by what is stored now: one that was forgotten meanwhile has what its own events say. */
function issueOf(
  id: string,
  { project, events, first, last }: Group,
  known: StoredIssue | undefined,
  { issuePage }: Pick<StoredDeps, 'issuePage'>,
): DigestIssue {
  return {
    id,
    project,
    title: known?.title ?? last.title,
    level: known?.level ?? last.level,
    url: known?.url ?? issuePage(id),
    events,
    users: 0,
    state: known?.first === first.at ? 'new' : 'ongoing',
    records: { first: recordOf(first), last: recordOf(last) },
  };
}
