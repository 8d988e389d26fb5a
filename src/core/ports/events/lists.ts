import type { Window } from '../../model/window.ts';

/** An event's place in a list of several projects, the newest first. */
export interface EventPoint {
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly project: string;
  readonly id: string;
}

/** Of a project, what was stored after one place in the order of storing, up to another. */
export interface StoredSpan {
  readonly after: number;
  readonly upTo: number;
}

/** Which events are listed. */
export interface EventsAsked {
  readonly projects: readonly string[];
  readonly span: Window;
  /** Only those that come after this one, which need not be there any more; null: all. */
  readonly after: EventPoint | null;
  /** At most so many. */
  readonly limit: number;
}
