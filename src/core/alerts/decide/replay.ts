import type { WindowFacts } from '../../model/alerting/facts.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../model/window.ts';
import type { Step } from '../fold/working.ts';
import type { FreshWindow } from './ask.ts';

/** Windows that start longer before the newest are told, but change no state: what lies between is not kept. */
export const REPLAY_MS = 48 * HOUR_MS;
/** After so long without a window no row of any rule goes on. */
export const LONGEST_GAP_MS = 31 * DAY_MS;

/** Which windows of a filter are decided. */
export interface Span {
  /** Starts of the first and the last one, epoch ms. */
  readonly first: number;
  readonly last: number;
  /** Windows that were decided before lie in it. */
  readonly isReplay: boolean;
}

/** The windows of the span, without a hole. */
export function stepsOf(
  { first, last }: Span,
  fresh: readonly FreshWindow[],
  kept: readonly WindowFacts[],
  before: readonly WindowFacts[],
): readonly Step[] {
  const [known, earlier] = [kept, before].map((all) => new Map(all.map((it) => [it.window.start, it])));
  const asked = new Map(fresh.map((it) => [it.facts.window.start, it]));
  return Array.from({ length: (last - first) / PERIOD_MS + 1 }, (_, index): Step => {
    const start = first + index * PERIOD_MS;
    const one = asked.get(start);
    return {
      window: { start, end: start + PERIOD_MS },
      facts: one?.facts ?? known!.get(start) ?? null,
      isFresh: one !== undefined,
      before: one?.before ?? (one === undefined ? null : (earlier!.get(start) ?? null)),
    };
  });
}
