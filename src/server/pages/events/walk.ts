import type { Window } from '../../../core/model/window.ts';
import type { EventStore, StoredEvent } from '../../../core/ports/events/event-store.ts';
import type { EventPoint } from '../../../core/ports/events/lists.ts';
import { isChosen, type Wish } from './choose.ts';

/** Events that are read at once: first, and at most. */
const STEP = { first: 100, most: 3_200 };

export interface WalkAsked {
  readonly projects: readonly string[];
  readonly span: Window;
  readonly after: EventPoint | null;
  readonly wish: Wish;
  /** So many events are looked at, at most. */
  readonly most: number;
}

/** A stretch of the list. */
export interface Step {
  /** Those that were chosen. */
  readonly events: readonly StoredEvent[];
  /** The last that was looked at; null: there was none. */
  readonly last: EventPoint | null;
  /** Nothing comes after it. */
  readonly isEnd: boolean;
}

/** Looks through events, the newest first, as far as somebody wants to know. */
export async function* walk(
  store: Pick<EventStore, 'newest'>,
  { wish, most, after, ...asked }: WalkAsked,
): AsyncGenerator<Step> {
  let last = after;
  for (let [left, limit] = [most, STEP.first]; left > 0; left -= limit, limit = Math.min(limit * 2, STEP.most, left)) {
    const events = await store.newest({ ...asked, after: last, limit });
    const end = events.at(-1);
    last = end === undefined ? last : pointOf(end);
    const isEnd = events.length < limit;
    yield { events: events.filter((event) => isChosen(event, wish)), last, isEnd };
    if (isEnd) return;
  }
}

export function pointOf({ at, project, id }: StoredEvent): EventPoint {
  return { at, project, id };
}
