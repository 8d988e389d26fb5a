import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import { factsIn, issueIn } from '../stage.ts';
import { MINUTE } from '../tellings.ts';

const PERIOD = 5 * MINUTE;

/** One error: when it happened, and when somebody told us of it, epoch ms. */
export interface TestEvent {
  readonly at: number;
  readonly arrives: number;
  readonly issue: string;
}

/** What is counted of events, wherever they come from, at any instant. Events may come late and in any order. */
export interface EventsSource {
  /** The window as it is counted at `now`. */
  window(start: number, now: number): WindowFacts;
  /** Starts of windows that ended before `since`, and of which events came in [since, now). */
  late(since: number, now: number): readonly number[];
}

export function eventsSource(filter: string, events: readonly TestEvent[]): EventsSource {
  const startOf = ({ at }: TestEvent): number => at - (at % PERIOD);
  const byWindow = Map.groupBy(events, startOf);
  const firsts = new Map<string, number>();
  for (const { issue, at } of events) firsts.set(issue, Math.min(at, firsts.get(issue) ?? Infinity));
  const counts = new Map<number, { revision: number; events: number }>();
  return {
    window(start, now) {
      const known = (byWindow.get(start) ?? []).filter(({ arrives }) => arrives <= now);
      const before = counts.get(start);
      const revision =
        before === undefined || before.events === known.length ? (before?.revision ?? 0) : before.revision + 1;
      counts.set(start, { revision, events: known.length });
      const issues = [...Map.groupBy(known, ({ issue }) => issue)].map(([id, some]) => {
        const first = firsts.get(id)!;
        return issueIn(id, some.length, {
          firstSeen: first,
          isNew: first >= start,
          trending: some.length > 40,
          score: 9,
          expected: 1,
        });
      });
      return factsIn(filter, start, { revision, events: known.length, users: known.length, issues });
    },
    late(since, now) {
      const late = events.filter(
        ({ at, arrives }) => startOf({ at } as TestEvent) + PERIOD <= since && arrives > since && arrives <= now,
      );
      return [...new Set(late.map(startOf))].sort((one, other) => one - other);
    },
  };
}

/** The same numbers for the same seed. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Events of so many windows from `from` on: bursts, and now and then something new. `late`: of a hundred. */
export function eventsOf(seed: number, from: number, windows: number, late: number): readonly TestEvent[] {
  const next = numbers(seed);
  const events: TestEvent[] = [];
  for (let window = 0; window < windows; window++) {
    const few = next(4) === 0 ? next(5) : 0;
    const burst = next(12) === 0 ? 60 + next(80) : few;
    const issue = next(30) === 0 ? `new-${window}` : `known-${next(3)}`;
    for (let event = 0; event < burst; event++) {
      const at = from + window * PERIOD + next(PERIOD);
      const delay = next(100) < late ? PERIOD + next(10 * PERIOD) : 1_000;
      events.push({ at, arrives: at + delay, issue });
    }
  }
  return events;
}
