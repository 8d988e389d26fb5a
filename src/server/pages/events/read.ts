import { PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { StoredEvent } from '../../../core/ports/events/event-store.ts';
import type { EventPoint } from '../../../core/ports/events/lists.ts';
import type { Mute } from '../../../core/model/alerting/rule.ts';
import type { PageAlerting } from '../data/alerts/of-page.ts';
import { type PageEvents, RANGE } from '../issues/read.ts';
import { RANGES, type View } from '../view/view.ts';
import { wishOf } from './choose.ts';
import { pointOf, walk, type WalkAsked } from './walk.ts';

/** Rows of a page, and events that are looked at for them; so of a file. */
export const MOST = { rows: 50, looked: 20_000, csv: 10_000, csvLooked: 500_000 };

export interface EventList {
  readonly span: Window;
  readonly events: readonly StoredEvent[];
  /** Where the next page begins; null: there is nothing more. */
  readonly next: EventPoint | null;
  /** Only so many were looked at: up to `next`. */
  readonly isCut: boolean;
  /** By id of the issues that somebody hid, what does it. */
  readonly hidden: ReadonlyMap<string, Mute>;
}

export interface ReadDeps {
  readonly events: PageEvents;
  readonly alerting: PageAlerting | undefined;
  readonly now: number;
}

export async function readEvents(view: View, deps: ReadDeps): Promise<EventList> {
  const hidden = await hiddenIssues(deps.alerting);
  const asked = { ...askedOf(view, hidden, deps), most: MOST.looked };
  const found: StoredEvent[] = [];
  let [last, isEnd]: [EventPoint | null, boolean] = [null, false];
  for await (const step of walk(deps.events.store, asked)) {
    found.push(...step.events);
    [last, isEnd] = [step.last, step.isEnd];
    if (found.length > MOST.rows) break;
  }
  const events = found.slice(0, MOST.rows);
  const isMore = found.length > MOST.rows;
  const rest = isEnd ? null : last;
  const next = isMore ? pointOf(events.at(-1)!) : rest;
  return { span: asked.span, events, next, isCut: !isMore && !isEnd, hidden };
}

export function askedOf(
  view: View,
  hidden: ReadonlyMap<string, Mute>,
  { events: { projects }, now }: Pick<ReadDeps, 'events' | 'now'>,
): Omit<WalkAsked, 'most'> {
  return {
    projects: projects.filter((it) => view.project === undefined || it === view.project),
    span: spanOf(view, now),
    after: view.after ?? null,
    wish: wishOf(view, hidden.keys()),
  };
}

function spanOf({ range = RANGE, at }: View, now: number): Window {
  const end = Math.ceil((at ?? now) / PERIOD_MS) * PERIOD_MS;
  return { start: end - RANGES[range].ms, end };
}

export async function hiddenIssues(alerting: PageAlerting | undefined): Promise<ReadonlyMap<string, Mute>> {
  return (await alerting?.hidden()) ?? new Map<string, Mute>();
}
