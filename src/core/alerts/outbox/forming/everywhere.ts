import type { Message } from '../../../model/alerting/message.ts';
import type { RuleKind } from '../../../model/alerting/rule.ts';
import { type Around, ruleKey } from './around.ts';
import type { Entry } from './entries.ts';

/** What so many filters of one source do in one window is the source's doing more than theirs. */
const LEAST_FILTERS = 3;

type Everywhere = Extract<Message['collects'], 'surging' | 'silent'>;
const WHAT: Readonly<Partial<Record<RuleKind, Everywhere>>> = {
  trending: 'surging',
  anomaly: 'surging',
  events: 'surging',
  users: 'surging',
  none: 'silent',
  incomplete: 'silent',
};

/** Entries that are one piece of news, and those that are not. */
export interface Sorted {
  readonly together: readonly { readonly what: Everywhere; readonly entries: readonly Entry[] }[];
  readonly rest: readonly Entry[];
}

/** Takes out what begins in several filters of one source at once. */
export function everywhereIn(entries: readonly Entry[], rules: Around['rules']): Sorted {
  const found = Map.groupBy(entries, (entry) => placeOf(entry, rules));
  const together = [...found].flatMap(([place, some]) => {
    const filters = new Set(some.map(({ alert }) => alert.filter));
    return place === null || filters.size < LEAST_FILTERS ? [] : [{ what: whatOf(some[0]!, rules)!, entries: some }];
  });
  const taken = new Set(together.flatMap((it) => it.entries));
  return { together, rest: entries.filter((entry) => !taken.has(entry)) };
}

/** What begins in which window of which source; null: nothing of the kind does. */
function placeOf(entry: Entry, rules: Around['rules']): string | null {
  const what = whatOf(entry, rules);
  if (what === null || entry.alert.state !== 'firing') return null;
  if (!entry.tellings.some(({ news }) => news === 'firing')) return null;
  return JSON.stringify([what, ruleOf(entry, rules)?.source ?? null, entry.alert.window.start]);
}

function whatOf(entry: Entry, rules: Around['rules']): Everywhere | null {
  const kind = ruleOf(entry, rules)?.condition?.kind;
  return (kind === undefined ? undefined : WHAT[kind]) ?? null;
}

function ruleOf({ alert: { filter }, tellings }: Entry, rules: Around['rules']) {
  return rules.get(ruleKey({ filter, rule: tellings[0]!.rule }));
}
