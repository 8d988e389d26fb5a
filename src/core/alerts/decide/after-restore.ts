import { type Telling, tellingKey } from '../../model/alerting/alert.ts';
import { isoOf, PERIOD_MS } from '../../model/window.ts';
import type { KeptState } from '../../ports/alerting/alert-store.ts';
import type { KeptTelling } from '../../ports/alerting/outbox.ts';
import type { Episode, FilterState } from '../fold/state.ts';
import { readState } from './plan.ts';

/** What is held of a ledger that was restored at `at`, epoch ms, and what its filters' rules have come to since. */
export interface HeldSince {
  readonly held: readonly KeptTelling[];
  /** By filter, the newest state. */
  readonly states: ReadonlyMap<string, KeptState>;
  readonly at: number;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * What is told anew, once for each restore: what began by news that are held and holds in a window that starts at the
 * restore or later, as it is in that window. Only who is told by the rule still is.
 */
export function toldAnew({ held, states, at, now }: HeldSince): readonly Telling[] {
  const rules = new Map([...states].map(([filter, kept]) => [filter, readState(kept)]));
  return held.flatMap((telling): readonly Telling[] => {
    const { alert, channel, rule } = telling;
    const episode = lastingIn(rules.get(alert.filter), telling);
    const start = (episode?.known.end ?? -Infinity) - PERIOD_MS;
    if (episode === null || start < at) return [];
    const { value, limit } = episode.known;
    const key = tellingKey(alert.id, 'restored', at, channel);
    const window = { start: isoOf(start), end: isoOf(start + PERIOD_MS) };
    const current = { ...alert, state: 'firing' as const, late: false, subject: episode.subject, window, value, limit };
    const anew = { ...current, expected: null, atLeast: false, why: whyOf(episode) };
    return [{ key, channel, news: 'restored', alert: anew, rule, window: start, decidedAt: now, summary: null }];
  });
}

/** Null: it is over, or the channel is told of it no more. What is unsteady is told when it is steady. */
function lastingIn(state: FilterState | null | undefined, { alert, channel }: KeptTelling): Episode | null {
  for (const { subjects, tell } of state?.rules.values() ?? []) {
    const { episode = null, isOn = false, isUnsteady = false } = subjects.get(alert.subject.id) ?? {};
    if (episode?.ref.id === alert.id) return isOn && !isUnsteady && tell.includes(channel) ? episode : null;
  }
  return null;
}

function whyOf({ known: { end, value, limit } }: Episode): string {
  const number = value === null ? '' : ` with ${value}${limit === null ? '' : ` (limit ${limit})`}`;
  return `after a restore: it lasts, at ${isoOf(end).slice(11, 16)} UTC${number}; you may have been told before`;
}
