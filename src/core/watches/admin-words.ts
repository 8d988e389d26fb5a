import type { Fault } from '../model/fault.ts';
import type { WatchKind, WatchPlan } from '../model/watches/watch-plan.ts';
import { ageText, minuteText } from '../alerts/words/times.ts';
import type { Trouble } from '../telling/own/patience.ts';

export interface TroubleSeen {
  /** Null: it went well. */
  readonly fault: Fault | null;
  /** Of the last good answer before this, or since it is known, epoch ms. */
  readonly goodAt: number;
  readonly now: number;
}

/** What the admin reads of a watch: a line, and what more is known of a failure. */
export function adminWords(
  { name, where, kind }: Pick<WatchPlan, 'name' | 'where'> & { readonly kind: WatchKind },
  tell: Trouble,
  { fault, goodAt, now }: TroubleSeen,
): readonly [line: string, details: readonly string[]] {
  const since = `${ageText(now - goodAt)}, since ${minuteText(goodAt)}`;
  const watch = `The ${kind} ${name} (${where})`;
  switch (tell) {
    case 'stale':
      return [`${watch} has had no good answer for ${since}. The last one stays in use.`, []];
    case 'recovered':
      return [`${watch} has a good answer again, after ${since}.`, []];
    case 'failure':
      return [`${watch} failed at ${minuteText(now)}: ${fault?.message ?? ''}`, fault?.trace ?? []];
  }
}
