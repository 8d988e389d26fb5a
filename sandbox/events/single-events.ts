import { type SandboxEvent, SLOT, type Story } from '../types.ts';
import { storySlots } from './story-slots.ts';

/** NOTE: a story of fourteen days has 800,000 events: they are asked while they are made, and not kept for it. */
export type Meant = {
  holds(event: SandboxEvent): boolean;
  /** Of these issues alone, by the ids that their events have; absent: of any. */
  readonly issues?: ReadonlySet<string> | undefined;
};

/** Events that were added one by one, in 5-minute buckets, and those of the story. */
export type SingleEvents = {
  add(event: SandboxEvent): void;
  /** Events with start <= at < end that have arrived by `now`, and are meant. */
  between(start: number, end: number, now: number, meant: Meant): SandboxEvent[];
  /** Among the added ones. */
  byId(id: string): SandboxEvent | undefined;
  /** The added ones of these issues that have arrived by `now`. */
  ofIssues(ids: ReadonlySet<string>, now: number): SandboxEvent[];
  clear(): void;
};

export function createSingleEvents(story: () => Story | undefined): SingleEvents {
  const buckets = new Map<number, SandboxEvent[]>();
  const byIssue = new Map<string, SandboxEvent[]>();
  return {
    add: (event) => {
      push(buckets, Math.floor(event.at / SLOT), event);
      if (event.issueId !== null) push(byIssue, event.issueId, event);
    },
    between: (start, end, now, { holds, issues }) => {
      const isIn = (event: SandboxEvent): boolean =>
        event.at >= start && event.at < end && event.arrivedAt <= now && holds(event);
      const found = keysBetween(buckets, start, end).flatMap((key) => (buckets.get(key) ?? []).filter(isIn));
      for (const slot of storySlots(story(), { start, end, now, issues }))
        for (const event of slot) if (isIn(event)) found.push(event);
      return found;
    },
    byId: (id) => [...buckets.values()].flat().find((event) => event.id === id),
    ofIssues: (ids, now) => [...ids].flatMap((id) => byIssue.get(id) ?? []).filter((event) => event.arrivedAt <= now),
    clear: () => {
      buckets.clear();
      byIssue.clear();
    },
  };
}

export function push<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

function keysBetween(buckets: ReadonlyMap<number, unknown>, start: number, end: number): number[] {
  const first = Math.floor(start / SLOT);
  const last = Math.ceil(end / SLOT);
  if (last - first > buckets.size) return [...buckets.keys()].filter((key) => key >= first && key < last);
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
}
