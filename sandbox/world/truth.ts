import type { SandboxEvent } from '../types.ts';

/** A question to the raw events. All given conditions must hold; within a list any. */
export type TruthQuestion = {
  /** Epoch milliseconds or ISO; half-open. */
  readonly start: number | string;
  readonly end: number | string;
  /** Slugs; none: all projects that are neither deleted nor forbidden. */
  readonly projects?: readonly string[];
  readonly environments?: readonly string[];
  readonly levels?: readonly string[];
  /** Any of them, case-insensitively in log message, metadata or culprit. */
  readonly terms?: readonly string[];
  readonly exclude?: readonly string[];
  /** Also split by these tags together. */
  readonly tags?: readonly string[];
  /** Only in process. */
  readonly where?: (event: SandboxEvent) => boolean;
};

export type Truth = {
  /** One entry a project asked for, in that order, zeros included. */
  readonly totals: ReadonlyArray<{
    readonly project: string;
    readonly events: number;
    readonly users: number;
    readonly issues: number;
  }>;
  readonly total: { readonly events: number; readonly users: number; readonly issues: number };
  /** Most events first, then by id. */
  readonly issues: ReadonlyArray<{
    readonly id: string;
    readonly project: string;
    readonly events: number;
    readonly users: number;
  }>;
  readonly splits: ReadonlyArray<{
    readonly issueId: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly events: number;
  }>;
  /** Events without an issue. */
  readonly unattributed: number;
};

/** What the counting needs besides the events of the window. */
export type TruthBasis = {
  readonly events: readonly SandboxEvent[];
  /** Slug by id, of the projects that count, in order. */
  readonly projects: ReadonlyMap<string, string>;
  currentIssue(id: string): string;
};

/** Counts by plain loops: shares nothing with the search and the table, so that it can judge them. */
export function countTruth(question: TruthQuestion, basis: TruthBasis): Truth {
  const kept = basis.events.filter((event) => basis.projects.has(event.projectId) && isMeant(question, event));
  const totals = [...basis.projects].map(([id, project]) => ({
    project,
    ...tally(
      kept.filter((event) => event.projectId === id),
      basis,
    ),
  }));
  return {
    totals,
    total: tally(kept, basis),
    issues: countIssues(kept, basis),
    splits: countSplits(kept, question.tags ?? [], basis),
    unattributed: kept.filter((event) => event.issueId === null).length,
  };
}

function isMeant(question: TruthQuestion, event: SandboxEvent): boolean {
  if (event.type === 'transaction') return false;
  const text = textOf(event);
  const includes = (term: string): boolean => text.includes(term.toLowerCase());
  if (question.environments?.length && !question.environments.includes(event.environment ?? '')) return false;
  if (question.levels?.length && !question.levels.includes(event.level ?? '')) return false;
  if (question.terms?.length && !question.terms.some(includes)) return false;
  if (question.exclude?.some(includes) === true) return false;
  return question.where === undefined || question.where(event);
}

function textOf(event: SandboxEvent): string {
  const texts = [event.message];
  for (const key in event.metadata) texts.push(event.metadata[key] ?? '');
  texts.push(event.culprit ?? '');
  if (!Object.values(event.metadata).some((text) => text === event.title)) texts.push(event.title);
  return texts
    .filter((text) => text !== '')
    .join(' ')
    .toLowerCase();
}

function tally(events: readonly SandboxEvent[], basis: TruthBasis): { events: number; users: number; issues: number } {
  const users = new Set<string>();
  const issues = new Set<string>();
  for (const event of events) {
    if (event.user !== null) users.add(event.user);
    if (event.issueId !== null) issues.add(basis.currentIssue(event.issueId));
  }
  return { events: events.length, users: users.size, issues: issues.size };
}

function countIssues(events: readonly SandboxEvent[], basis: TruthBasis): Truth['issues'] {
  const found = new Map<string, { project: string; events: number; users: Set<string> }>();
  for (const event of events) {
    if (event.issueId === null) continue;
    const id = basis.currentIssue(event.issueId);
    const entry = found.get(id) ?? {
      project: basis.projects.get(event.projectId) ?? '',
      events: 0,
      users: new Set<string>(),
    };
    entry.events++;
    if (event.user !== null) entry.users.add(event.user);
    found.set(id, entry);
  }
  return [...found]
    .map(([id, entry]) => ({ id, project: entry.project, events: entry.events, users: entry.users.size }))
    .sort((a, b) => b.events - a.events || Number(a.id) - Number(b.id));
}

const PLAIN: Readonly<Record<string, (event: SandboxEvent) => string | null>> = {
  release: (event) => event.release,
  environment: (event) => event.environment,
  level: (event) => event.level,
  user: (event) => event.user,
  transaction: (event) => event.transaction,
  platform: (event) => event.platform,
  dist: (event) => event.dist,
  title: (event) => event.title,
  culprit: (event) => event.culprit,
};

function countSplits(events: readonly SandboxEvent[], names: readonly string[], basis: TruthBasis): Truth['splits'] {
  if (names.length === 0) return [];
  const found = new Map<string, { issueId: string; tags: Record<string, string>; events: number }>();
  for (const event of events) {
    if (event.issueId === null) continue;
    const issueId = basis.currentIssue(event.issueId);
    const tags: Record<string, string> = {};
    for (const name of names) tags[name] = (PLAIN[name] ? PLAIN[name](event) : event.tags[name]) ?? '';
    const key = JSON.stringify([issueId, names.map((name) => tags[name])]);
    const entry = found.get(key) ?? { issueId, tags, events: 0 };
    entry.events++;
    found.set(key, entry);
  }
  return [...found.values()].sort((a, b) => b.events - a.events || Number(a.issueId) - Number(b.issueId));
}
