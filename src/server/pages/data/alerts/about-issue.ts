import type { Why } from '../../../../core/alerts/explain/answer.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Window } from '../../../../core/model/window.ts';
import { hasRules } from '../../../../core/ports/alerting/decider.ts';
import { explained } from './alerts-detail.ts';
import type { AlertSeen } from './model.ts';
import { type AlertSources, withTold } from './read-alerts.ts';

/** Alerts that a page shows, and filters that are asked what their rules say. */
const MOST = { alerts: 50, filters: 10 };

/** What a rule of a filter says of an issue, by the last counted window. */
export interface RuleSaid {
  readonly filter: string;
  /** The sentence. */
  readonly rule: string;
  readonly decision: Why;
  readonly why: string;
  readonly recipients: readonly string[];
}

/** What rules came to about one issue. */
export interface IssueAlerts {
  /** The newest first. */
  readonly alerts: readonly AlertSeen[];
  /** How many older ones are not among them. */
  readonly more: number;
  readonly said: readonly RuleSaid[];
}

/** What is looked at. `listing`: names of filters whose last window lists the issue. */
export interface AboutAsked {
  readonly current: Window | null;
  /** Alerts that lasted then or later, epoch ms. */
  readonly since: number;
  readonly listing: ReadonlySet<string>;
}

export async function aboutIssue(
  issueId: string,
  filters: readonly Filter[],
  { current, since, listing }: AboutAsked,
  sources: AlertSources,
): Promise<IssueAlerts> {
  const ruled = filters.filter(hasRules);
  if (ruled.length === 0) return { alerts: [], more: 0, said: [] };
  const asks = ruled.map(({ name }) => ({ filter: name, at: since }));
  const kept = [...(await sources.alerts.look((trx) => trx.alerts(asks))).values()].flat();
  const own = kept
    .filter(({ alert: { subject } }) => subject.kind === 'issue' && subject.id === issueId)
    .toSorted((one, other) => other.since - one.since || (one.alert.id < other.alert.id ? -1 : 1));
  const concerned = new Set([...listing, ...own.map(({ alert }) => alert.filter)]);
  const asked = ruled.filter(({ name }) => concerned.has(name)).slice(0, MOST.filters);
  const said: RuleSaid[] = [];
  if (current !== null) for (const filter of asked) said.push(...(await saidBy(filter, current, issueId, sources)));
  return {
    alerts: await withTold(own.slice(0, MOST.alerts), sources),
    more: Math.max(0, own.length - MOST.alerts),
    said,
  };
}

async function saidBy(
  filter: Filter,
  current: Window,
  issueId: string,
  sources: AlertSources,
): Promise<readonly RuleSaid[]> {
  const lines = await explained(filter, current, [issueId], sources);
  const own = lines.filter(({ subject }) => subject === issueId);
  const bySaid = Map.groupBy(own, ({ rule, decision, why }) => JSON.stringify([rule, decision, why]));
  return [...bySaid.values()].map((some) => {
    const { rule, decision, why } = some[0]!;
    return { filter: filter.name, rule, decision, why, recipients: [...new Set(some.map((it) => it.recipient))] };
  });
}
