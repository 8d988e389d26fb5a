import { instantOf } from './clock.ts';
import { createFeed, storySlots } from './feed.ts';
import { hex, randomFrom, seedOf } from './random.ts';
import { SLOT } from './types.ts';
import type { Feed } from './feed.ts';
import type { EventInput, SandboxEvent, Story } from './types.ts';

/** Events by 5-minute bucket; looking at a window costs what the window holds. */
export type EventStore = {
  add(events: readonly SandboxEvent[]): void;
  /** Events with start <= at < end that have arrived by `now`. */
  visible(start: number, end: number, now: number): SandboxEvent[];
  /** First arrival of an event with this environment, when there is one among the added. */
  environmentSince(name: string): number | undefined;
  environments(): ReadonlyMap<string, number>;
  /** Among the added ones. */
  byId(id: string): SandboxEvent | undefined;
  /** The added events of these issues. */
  ofIssue(ids: ReadonlySet<string>, now: number): SandboxEvent[];
  readonly feed: Omit<Feed, 'add' | 'clear'>;
  clear(): void;
};

export function createEventStore(story: () => Story | undefined): EventStore {
  const buckets = new Map<number, SandboxEvent[]>();
  const byIssue = new Map<string, SandboxEvent[]>();
  const environments = new Map<string, number>();
  const feed = createFeed(story);
  const put = (event: SandboxEvent): void => {
    feed.add(event);
    push(buckets, Math.floor(event.at / SLOT), event);
    if (event.issueId !== null) push(byIssue, event.issueId, event);
    if (event.environment === null) return;
    const since = environments.get(event.environment) ?? Infinity;
    environments.set(event.environment, Math.min(since, event.arrivedAt));
  };
  return {
    add: (events) => { for (const event of events) put(event); },
    visible: (start, end, now) => {
      const found: SandboxEvent[] = [];
      const keep = (events: readonly SandboxEvent[]): void => {
        for (const event of events) {
          if (event.at >= start && event.at < end && event.arrivedAt <= now) found.push(event);
        }
      };
      for (const key of keysBetween(buckets, start, end)) keep(buckets.get(key) ?? []);
      for (const slot of storySlots(story(), start, end, now)) keep(slot);
      return found;
    },
    environmentSince: (name) => environments.get(name),
    environments: () => environments,
    byId: (id) => [...buckets.values()].flat().find((event) => event.id === id),
    ofIssue: (ids, now) => [...ids].flatMap((id) => byIssue.get(id) ?? []).filter((event) => event.arrivedAt <= now),
    feed,
    clear: () => { buckets.clear(); byIssue.clear(); environments.clear(); feed.clear(); },
  };
}

function push<K>(map: Map<K, SandboxEvent[]>, key: K, event: SandboxEvent): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [event]);
  else list.push(event);
}

function keysBetween(buckets: ReadonlyMap<number, unknown>, start: number, end: number): number[] {
  const first = Math.floor(start / SLOT);
  const last = Math.ceil(end / SLOT);
  if (last - first > buckets.size) return [...buckets.keys()].filter((key) => key >= first && key < last);
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
}

/** Fills in what was left out; a title alone gives the metadata Sentry would have made of it. */
export function eventsOf(input: EventInput, projectId: string, serial: number): SandboxEvent[] {
  const arrivedAt = instantOf(input.arrivedAt ?? input.at);
  const moment = input.dateless === true ? arrivedAt : instantOf(input.at);
  const at = Math.floor(moment / 1000) * 1000;
  const title = input.title ?? 'Error: something failed';
  const common = {
    culprit: null, message: '', metadata: metadataOf(title), type: 'error', level: 'error', release: null,
    environment: null, user: null, transaction: null, platform: 'javascript', dist: null, handled: true,
    tags: {}, stack: [],
    ...pickEventFields(input),
    at, title, projectId, arrivedAt,
    ...(moment === at || input.dateless === true ? {} : { millis: moment - at }),
    issueId: input.issue === undefined || input.issue === null ? null : String(input.issue),
  };
  return Array.from({ length: input.repeat ?? 1 }, (_, i) => ({ ...common, id: input.id !== undefined && i === 0 ? input.id : idOf(serial + i) }));
}

function idOf(serial: number): string {
  return hex(randomFrom(seedOf('event', serial)), 32);
}

function pickEventFields(input: EventInput): Partial<SandboxEvent> {
  const { at: _at, arrivedAt: _arrived, project: _project, issue: _issue, repeat: _repeat, ...fields } = input;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function metadataOf(title: string): Record<string, string> {
  const parts = /^([\w.]+): (.+)$/s.exec(title);
  if (parts === null) return { title };
  return { type: parts[1] ?? '', value: parts[2] ?? '', title };
}
