import type { Explained } from '../../../../core/alerts/explain/answer.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Rule } from '../../../../core/model/alerting/rule.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { KeptAlert } from '../../../../core/ports/alerting/alert-store.ts';
import { hasRules } from '../../../../core/ports/alerting/decider.ts';
import type { ReportSeen } from '../../../../core/ports/read-model.ts';
import type { AlertsDetail, RuleLine, RuleSeen } from './model.ts';
import { type AlertSources, withTold, worstFirst } from './read-alerts.ts';

/** Alerts of the span, and subjects of a rule, that a page shows. */
const MOST = { alerts: 20, subjects: 6 };

/** What is looked at: the span that is shown, the last counted window of it, and what that one's report lists. */
export interface DetailAsked {
  readonly span: Window;
  readonly current: Window | null;
  readonly report: ReportSeen | null;
}

/** Null: the filter has no rules, and none has said anything. */
export async function alertsDetail(
  filter: Filter,
  { span, current, report }: DetailAsked,
  sources: AlertSources,
): Promise<AlertsDetail | null> {
  const { name, alerts: rules = [] } = filter;
  const found = await sources.alerts.look((trx) => trx.alerts([{ filter: name, at: span.start }]));
  const kept = (found.get(name) ?? []).filter(({ since }) => since < span.end).toSorted(lastingFirst);
  if (rules.length === 0 && kept.length === 0) return null;
  const subjects = subjectsOf(name, kept, report);
  const lines = current === null || !hasRules(filter) ? [] : await explained(filter, current, subjects, sources);
  return {
    rules: rules.map((rule) => ruleSeen(rule, lines, report)),
    alerts: await withTold(kept.slice(0, MOST.alerts), sources),
    more: Math.max(0, kept.length - MOST.alerts),
  };
}

function lastingFirst(one: KeptAlert, other: KeptAlert): number {
  if ((one.until === null) !== (other.until === null)) return one.until === null ? -1 : 1;
  return one.until === null ? worstFirst(one, other) : other.until! - one.until || worstFirst(one, other);
}

/** The filter itself, what alerts speak of, and the issues with most events. */
function subjectsOf(name: string, kept: readonly KeptAlert[], report: ReportSeen | null): readonly string[] {
  const issues = report?.issues.toSorted((a, b) => b.events - a.events).slice(0, MOST.subjects) ?? [];
  const told = kept.slice(0, MOST.alerts).map(({ alert }) => alert.subject.id);
  return [...new Set([name, ...told, ...issues.map(({ issueId }) => issueId)])];
}

export async function explained(
  filter: Filter,
  current: Window,
  subjects: readonly string[],
  { alerts, outbox }: AlertSources,
): Promise<readonly Explained[]> {
  const { explainTold } = await import('../../../../core/alerts/explain/explain-told.ts');
  return explainTold({ filter, at: current.start, subjects }, { alerts, outbox });
}

function ruleSeen(
  { name, sentence, severity, tell, where }: Rule,
  lines: readonly Explained[],
  report: ReportSeen | null,
): RuleSeen {
  const own = lines.filter((line) => line.name === name);
  const bySaid = Map.groupBy(own, ({ subject, decision, why }) => JSON.stringify([subject, decision, why]));
  const said = [...bySaid.values()].map((some): RuleLine => {
    const { subject, decision, why } = some[0]!;
    const issue = report?.issues.find(({ issueId }) => issueId === subject);
    const recipients = [...new Set(some.map(({ recipient }) => recipient))];
    return { subject, decision, why, title: issue?.details?.title ?? null, recipients };
  });
  const shown = said.toSorted((a, b) => RANKS.indexOf(a.decision) - RANKS.indexOf(b.decision));
  return { name, sentence, severity, tell, where, lines: shown.slice(0, MOST.subjects) };
}

/** What says most comes first. */
const RANKS: readonly Explained['decision'][] = [
  'failing',
  'told',
  'repeat due',
  'muted',
  'quiet',
  'grouped',
  'not yet',
  'over',
];
