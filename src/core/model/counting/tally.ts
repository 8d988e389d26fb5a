import type { Filter } from '../filter.ts';
import { addCounts, count, type Counts, noCounts } from './counts.ts';
import type { CountedEvent } from './counted-event.ts';
import { matcher } from './match.ts';

/** What one filter makes of one project's events. */
export interface Tally extends Readonly<Counts> {
  /** Events that the filter might have counted, had anybody told their level. */
  readonly unlevelled: number;
  /** Issues that have to tell the level, because events of theirs do not. */
  readonly undecided: Iterable<string>;
  /** Takes an event of the window; each one once, newest first. */
  add(event: CountedEvent): void;
  /** All events are in. `levelOf`: of an issue; null: not known. */
  settle(levelOf: (issueId: string) => string | null): void;
}

export function createTally(filter: Filter): Tally {
  const { levels, tags } = filter;
  const match = matcher(filter);
  const counts = noCounts();
  const held = new Map<string, Counts>();
  let unlevelled = 0;
  return {
    users: counts.users,
    issues: counts.issues,
    splits: counts.splits,
    get events() {
      return counts.events;
    },
    get unlevelled() {
      return unlevelled;
    },
    get undecided() {
      return held.keys();
    },
    add(event) {
      const found = match(event);
      if (found === 'yes') count(event, tags, counts);
      else if (found === 'unknown' && event.issueId === null) unlevelled++;
      else if (found === 'unknown') count(event, tags, partOf(held, event.issueId!));
    },
    settle(levelOf) {
      for (const [issueId, part] of held) {
        const level = levelOf(issueId);
        if (level === null) unlevelled += part.events;
        else if (levels.includes(level)) addCounts(counts, part);
      }
      held.clear();
    },
  };
}

function partOf(held: Map<string, Counts>, issueId: string): Counts {
  const part = held.get(issueId) ?? noCounts();
  held.set(issueId, part);
  return part;
}
