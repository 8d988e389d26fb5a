import { isUnheard } from '../../../../core/alerts/outbox/unheard.ts';
import { type Mute, SEVERITIES, type Severity } from '../../../../core/model/alerting/rule.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import { PERIOD_MS, type Window } from '../../../../core/model/window.ts';
import type { AlertStore, FilterHead, KeptAlert } from '../../../../core/ports/alerting/alert-store.ts';
import { hasRules } from '../../../../core/ports/alerting/decider.ts';
import type { KeptTelling, Outbox } from '../../../../core/ports/alerting/outbox.ts';
import type { AlertSeen, AlertsNow, ChannelStanding, ToldTo } from './model.ts';

/** Who knows of alerts and of what was told. */
export interface AlertSources {
  readonly alerts: AlertStore;
  readonly outbox: Outbox;
  /** Names of channels that are in use and could fail. */
  channels(): readonly string[];
  /** That hold something back now, of files and of people. */
  mutes(): Promise<readonly Mute[]>;
}

/** Alerts that a page shows of all that last. */
const MOST = 50;
/** Later than any window. */
const FAR = Number.MAX_SAFE_INTEGER;
/** A run that counts a window has judged it after so long, ms. */
const JUDGED_MS = 2 * PERIOD_MS;

/** What has rules, or may have. */
interface Judged {
  readonly filters: readonly Filter[];
  /** Names of those with rules. */
  readonly watches: readonly string[];
}

/** Null: nothing has rules, and nothing was read. `current`: the window that was counted last. */
export async function readAlerts(
  { filters, watches }: Judged,
  current: Window | null,
  sources: AlertSources,
  now: number,
): Promise<AlertsNow | null> {
  const names = filters.filter(hasRules).map(({ name }) => name);
  if (names.length + watches.length === 0) return null;
  const { lasting, heads } = await sources.alerts.look(async (trx) => ({
    lasting: [...(await trx.alerts([...names, ...watches].map((filter) => ({ filter, at: FAR })))).values()].flat(),
    heads: await trx.heads(names),
  }));
  const firing = lasting.filter(({ alert }) => alert.state === 'firing');
  return {
    filters: names.length,
    watches: watches.length,
    firing: await withTold(firing.toSorted(worstFirst).slice(0, MOST), sources),
    counts: countsOf(firing),
    byFilter: Object.fromEntries(
      [...Map.groupBy(firing, ({ alert }) => alert.filter)].map(([filter, some]) => [filter, countsOf(some)]),
    ),
    fresh: names.filter((name) => heads.get(name)?.newest == null).length,
    unjudged: names.filter((name) => isUnjudged(heads.get(name), current)),
    channels: await channelsOf(toldBy(filters), sources, now),
  };
}

/** The worst first, then the newest. */
export function worstFirst(one: KeptAlert, other: KeptAlert): number {
  const rank = ({ alert }: KeptAlert): number => SEVERITIES.indexOf(alert.severity);
  return rank(one) - rank(other) || other.since - one.since || (one.alert.id < other.alert.id ? -1 : 1);
}

function countsOf(alerts: readonly KeptAlert[]): Record<Severity, number> {
  const count = (severity: Severity): number => alerts.filter(({ alert }) => alert.severity === severity).length;
  return { critical: count('critical'), warning: count('warning'), info: count('info') };
}

function isUnjudged(head: FilterHead | undefined, current: Window | null): boolean {
  return head?.newest != null && current !== null && current.start - head.newest > JUDGED_MS;
}

/** With what was told of each, and what holds it back. */
export async function withTold(
  alerts: readonly KeptAlert[],
  { outbox, mutes }: Pick<AlertSources, 'outbox' | 'mutes'>,
): Promise<readonly AlertSeen[]> {
  if (alerts.length === 0) return [];
  const ids = alerts.map(({ alert }) => alert.id);
  const lasts = alerts.some(({ until }) => until === null);
  const [tellings, acknowledged, held] = await Promise.all([
    outbox.tellingsOf(ids),
    outbox.acknowledged(ids),
    lasts ? mutes() : [],
  ]);
  const muteOf = await muteBy(held);
  const byAlert = Map.groupBy(tellings, ({ alert }) => alert.id);
  return alerts.map(({ alert, rule, since, until }) => ({
    alert,
    since,
    until,
    told: toldOf(byAlert.get(alert.id) ?? []),
    acknowledgedBy: acknowledged.get(alert.id)?.by ?? null,
    mute: until === null ? muteOf({ alert, rule }) : null,
  }));
}

/** NOTE: what reads mutes is loaded where there are any. */
async function muteBy(mutes: readonly Mute[]): Promise<(of: Pick<KeptAlert, 'alert' | 'rule'>) => Mute | null> {
  if (mutes.length === 0) return () => null;
  const { isAbout } = await import('../../../../core/alerts/outbox/forming/mutes.ts');
  return (of) => mutes.find((mute) => isAbout(mute, { ...of, channel: '' })) ?? null;
}

/** Of each channel its latest news; a repeat that nobody wants says nothing of what was told before. */
function toldOf(tellings: readonly KeptTelling[]): readonly ToldTo[] {
  const latest = new Map<string, ToldTo>();
  for (const { channel, fate, reason } of tellings)
    if (fate !== 'dropped' || !latest.has(channel)) latest.set(channel, { channel, fate, reason });
  return [...latest.values()];
}

function toldBy(filters: readonly Filter[]): ReadonlySet<string> {
  return new Set(filters.flatMap(({ alerts = [] }) => alerts.flatMap(({ tell }) => tell)));
}

async function channelsOf(
  told: ReadonlySet<string>,
  { outbox, channels }: AlertSources,
  now: number,
): Promise<readonly ChannelStanding[]> {
  const names = channels().filter((name) => told.has(name));
  if (names.length === 0) return [];
  const known = new Map((await outbox.channels()).map((seen) => [seen.channel, seen]));
  return names.map((name) => {
    const { lastSuccess = null, lastError = null } = known.get(name) ?? {};
    return { name, lastSuccess, lastError, isUnheard: isUnheard({ lastSuccess }, now) };
  });
}
