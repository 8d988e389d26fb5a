import type { IssueFacts, WindowFacts } from '../../../../core/model/alerting/facts.ts';
import { DAY_MS } from '../../../../core/model/window.ts';
import { learned } from '../../../alerts/learned.ts';
import type { IssueRow } from '../../../database/alert-tables.ts';
import { safeOrNull, safeText } from '../safe-text.ts';

/** What windows say of an issue of a filter, as its row would have it. */
export type Said = Omit<IssueRow, 'project' | 'url'> & { readonly project: string; readonly url: string };

/** One row an issue of a filter: what all windows together say. */
export function saidBy(windows: readonly WindowFacts[]): readonly Said[] {
  const byFilter = Map.groupBy(windows, ({ filter }) => filter);
  return [...byFilter].flatMap(([filter, some]) => saidOfFilter(filter, some));
}

interface Sum {
  readonly issue: IssueFacts;
  readonly at: number;
  readonly back: number | null;
}

function saidOfFilter(filter: string, windows: readonly WindowFacts[]): readonly Said[] {
  const byIssue = new Map<string, Sum>();
  for (const { window, issues } of windows.toSorted((a, b) => a.window.start - b.window.start))
    for (const said of issues) {
      const before = byIssue.get(said.id);
      const issue = before === undefined ? said : learned(before.issue, said, true);
      const back = said.isBack === true ? window.start : (before?.back ?? null);
      byIssue.set(said.id, { issue, at: window.start, back });
    }
  return [...byIssue.values()].map((sum) => rowOf(filter, sum));
}

function rowOf(filter: string, { issue, at, back }: Sum): Said {
  return {
    filter,
    issue: safeText(issue.id),
    first_seen: issue.firstSeen,
    seen_at: at,
    project: safeText(issue.project),
    title: safeOrNull(issue.title),
    culprit: safeOrNull(issue.culprit),
    level: safeOrNull(issue.level),
    url: safeText(issue.url),
    status: issue.status ?? null,
    back_at: back,
  };
}

/** Whether the row would become another one; days count for when it was seen. */
export function isNews(said: Said, known: IssueRow | undefined): boolean {
  if (known === undefined || said.seen_at >= known.seen_at + DAY_MS) return true;
  if (said.back_at !== null && (known.back_at === null || said.back_at > known.back_at)) return true;
  if (said.first_seen !== null && (known.first_seen === null || said.first_seen < known.first_seen)) return true;
  return said.seen_at >= known.seen_at ? saysElse(said, known) : saysMore(said, known);
}

const DETAILS = ['title', 'culprit', 'level', 'status'] as const;

function saysElse(said: Said, known: IssueRow): boolean {
  if (said.project !== known.project || said.url !== known.url) return true;
  return DETAILS.some((name) => said[name] !== null && said[name] !== known[name]);
}

/** An older window adds what nobody knew. */
function saysMore(said: Said, known: IssueRow): boolean {
  return DETAILS.some((name) => said[name] !== null && known[name] === null);
}
