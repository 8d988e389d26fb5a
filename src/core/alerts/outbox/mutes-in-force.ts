import type { Mute } from '../../model/alerting/rule.ts';
import { PERIOD_MS } from '../../model/window.ts';
import type { AlertStore, AlertTransaction } from '../../ports/alerting/alert-store.ts';
import { fitsAlert } from './forming/mutes.ts';

/**
 * The mutes that hold something back at `now`, epoch ms: without those that ended by an instant, by so many events, or
 * because what they fit was over, or its issue was resolved in its source. `filters`: names of those that have rules.
 * One that waits for a release holds until it is taken away: nothing tells of releases yet.
 */
export async function mutesInForce(
  mutes: readonly Mute[],
  filters: readonly string[],
  alerts: AlertStore,
  now: number,
): Promise<readonly Mute[]> {
  const begun = mutes.filter(({ since, until }) => since <= now && !(until.kind === 'instant' && until.at <= now));
  if (begun.every(({ until }) => until.kind === 'instant' || until.kind === 'release')) return begun;
  return alerts.look(async (trx) => {
    const left: Mute[] = [];
    for (const mute of begun) if (!(await isOver(mute, filters, trx, now))) left.push(mute);
    return left;
  });
}

async function isOver(mute: Mute, filters: readonly string[], trx: AlertTransaction, now: number): Promise<boolean> {
  const { what, since, until } = mute;
  const some = what.kind === 'filter' ? [what.name] : filters;
  if (until.kind === 'resolved') {
    if (what.kind === 'issue' && (await isResolvedIssue(what.name, since, some, trx))) return true;
    const kept = await trx.alerts(some.map((filter) => ({ filter, at: since })));
    return [...kept.values()].flat().some((it) => it.alert.state === 'resolved' && fitsAlert(what, it));
  }
  if (until.kind !== 'events') return false;
  const facts = await trx.facts(some.map((filter) => ({ filter, from: since, to: now })));
  const counts = [...facts.values()].map((windows) => {
    let events = 0;
    for (const { complete, issues, events: all } of windows)
      if (complete) events += what.kind === 'issue' ? (issues.find(({ id }) => id === what.name)?.events ?? 0) : all;
    return events;
  });
  // The same issue in several filters is one; its largest count is the nearest to it.
  return Math.max(0, ...counts) >= until.count;
}

/** Somebody resolved it in its source, or it came back since: then it was resolved before. */
async function isResolvedIssue(
  id: string,
  since: number,
  filters: readonly string[],
  trx: AlertTransaction,
): Promise<boolean> {
  for (const filter of filters) {
    const known = (await trx.issues(filter, [id])).get(id);
    if (known?.status === 'resolved' || (known?.backAt ?? -Infinity) + PERIOD_MS > since) return true;
  }
  return false;
}
