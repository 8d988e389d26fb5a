import type { EventStore } from '../../../src/core/ports/events/event-store.ts';
import { MOST_EVENTS } from '../../../src/core/ports/events/event-store.ts';
import { START } from '../e2e/bench.ts';
import { eventOf } from '../events/events.ts';
import type { Put, QueueBench } from './queue-bench.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Events in seven days, by issue: the first is of somebody's extension of the browser. */
const COUNTS = [900, 500, 450, 400, 350, 300, 280, 260, 240, 220, 201, 199];
/** Of each issue before the last day. */
const EARLY = 192;
const PLACES = COUNTS.map((_, n) => (n === 0 ? 'moz-extension://5f2c/collect.js' : `resource://app/part${n}.jsm`));
const RULE = { when: 'top 10 of 7d > 200', except: { module: 'moz-extension*' } };

export interface Share {
  readonly intake: string;
  readonly issue: number;
  readonly events: readonly Put[];
}

/**
 * Twelve issues over seven days in each intake, told by a filter of its own; in the intake `other` it is 200 for 201.
 * Each issue gets over the limit in a window of its own, if it does. `bring`: how what happens in a window comes in
 * before it is counted.
 */
export async function sevenDays(
  bench: QueueBench,
  bring: (share: Share, store: EventStore) => Promise<void>,
  intakes: readonly string[],
) {
  const filters = intakes.map((name) => ({ name: `top-of-${name}`, projects: [name], alerts: [RULE] }));
  const service = await bench.serveQueues(filters, { intakes });
  const answers: number[] = [];
  for (let day = 0; day < 7; day++)
    for (let window = 0; window < (day === 6 ? COUNTS.length : 1); window++) {
      const start = START + day * DAY + window * 5 * MINUTE;
      bench.clock.advance(start + 6 * MINUTE - bench.clock.now());
      for (const [n, count] of COUNTS.entries()) {
        if (day === 6 && n !== window) continue;
        for (const intake of intakes) {
          const all = intake === 'other' && count === 201 ? 200 : count;
          const share = day === 6 ? all - EARLY : EARLY / 6;
          const events = Array.from({ length: share }, (_, event) => putOf(start + event * 100, n));
          await bring({ intake, issue: n, events }, service.parts.ledger.events!);
        }
      }
      bench.clock.advance(1.5 * MINUTE);
      answers.push((await service.post()).status);
    }
  return { answers, told: (name: string) => bench.mails().filter(({ text }) => text.includes(`top-of-${name}`)) };
}

function putOf(at: number, n: number): Put {
  const entries = [{ type: 'exception', data: { values: [{ type: 'Error', module: PLACES[n] }] } }];
  return { at, issue: 1_000 + n, title: `Error: trouble ${n}`, entries };
}

/** All but some of them go right into the store, as if they had been read before: a queue takes its time. */
export async function mostIntoTheStore(bench: QueueBench, { intake, issue, events }: Share, store: EventStore) {
  bench.put(intake, ...events.slice(0, 2));
  const rest = events.slice(2).map(({ at }, n) => {
    const id = `${issue}-${at}-${n}`;
    return eventOf(id, {
      at,
      issueId: String(1_000 + issue),
      title: `Error: trouble ${issue}`,
      culprit: PLACES[issue],
    });
  });
  for (let from = 0; from < rest.length; from += MOST_EVENTS)
    await store.add({ project: intake, events: rest.slice(from, from + MOST_EVENTS) });
}
