import type { Rule } from '../../core/model/alerting/rule.ts';
import { compileRule, type Inherited } from './compile.ts';
import { type Entry, identityOf } from './entry.ts';
import { type FormerAlert, formerSentences } from './former.ts';
import { SHARED } from './options.ts';

/** What of a filter is about alerts, as its file has it. */
export interface Alerting extends Inherited {
  readonly alerts?: readonly Entry[] | undefined;
  readonly alert?: FormerAlert | undefined;
}

/** Names of the keys that are about alerts. */
export const ALERTING = ['alerts', 'alert', ...Object.keys(SHARED)];

/** Where a filter's alerts stand, as file:line. */
export interface Places {
  readonly filter: string;
  readonly alerts: readonly string[];
  readonly former: string;
}

/** Rules by whether they tell somebody; none of these is there where it would be empty. */
export interface Compiled {
  readonly alerts?: readonly Rule[];
  readonly untold?: readonly Rule[];
  /** Names of those that would tell somebody if their channels could be used. */
  readonly frozen?: readonly string[];
}

/** Rules of a filter without faults. What `alert:` says again is left out. `pagers`: channels that wake people. */
export function rulesOf(
  { alerts = [], alert, ...inherited }: Alerting,
  places: Places,
  pagers: ReadonlySet<string>,
): readonly Rule[] {
  const { filter } = places;
  const own = alerts.map((entry, index) =>
    compileRule(entry, inherited, { filter, where: places.alerts[index] ?? '', pagers }),
  );
  const known = new Set(alerts.map(identityOf));
  const former = alert === undefined ? [] : formerSentences(alert).filter((it) => !known.has(identityOf(it)));
  return [...own, ...former.map((it) => compileRule(it, inherited, { filter, where: places.former, pagers }))];
}

function withoutLost({ escalate, ...rule }: Rule, lost: ReadonlySet<string>): Rule {
  const tell = rule.tell.filter((name) => !lost.has(name));
  const later = escalate?.tell.filter((name) => !lost.has(name)) ?? [];
  return { ...rule, tell, ...(later.length === 0 ? {} : { escalate: { ...escalate!, tell: later } }) };
}

/** `lost`: names of channels that cannot be used. */
export function heard(rules: readonly Rule[], lost: ReadonlySet<string>): Compiled {
  const left = rules.map((rule) => withoutLost(rule, lost));
  const [alerts, untold] = [left.filter(({ tell }) => tell.length > 0), left.filter(({ tell }) => tell.length === 0)];
  const isLost = ({ tell }: Rule): boolean => tell.length > 0 && tell.every((name) => lost.has(name));
  const frozen = rules.filter(isLost).map(({ name }) => name);
  return {
    ...(alerts.length === 0 ? {} : { alerts }),
    ...(untold.length === 0 ? {} : { untold }),
    ...(frozen.length === 0 ? {} : { frozen }),
  };
}
