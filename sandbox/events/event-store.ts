import { createFeed, type Feed, storySlots } from './feed.ts';
import { createMassBook } from './mass-book.ts';
import { eventsIn, type Mass, type Portion, portionOf } from './masses.ts';
import { type SandboxEvent, SLOT, type Story } from '../types.ts';

/** Events by 5-minute bucket; looking at a window costs what the window holds. */
export type EventStore = {
  add(events: readonly SandboxEvent[]): void;
  addMass(mass: Mass): void;
  /** Events with start <= at < end that have arrived by `now`, those of masses one by one. */
  visible(start: number, end: number, now: number): SandboxEvent[];
  /** The same without those of masses, for who counts `portions` besides. */
  single(start: number, end: number, now: number): SandboxEvent[];
  /** Of masses; of these projects, or of all. */
  portions(start: number, end: number, now: number, projects?: Iterable<string>): Portion[];
  /** First arrival of an event with this environment, when there is one among the added. */
  environmentSince(name: string): number | undefined;
  environments(): ReadonlyMap<string, number>;
  /** Among the added ones. */
  byId(id: string): SandboxEvent | undefined;
  /** The added events of these issues, those of masses one by one. */
  ofIssue(ids: ReadonlySet<string>, now: number): SandboxEvent[];
  singleOfIssue(ids: ReadonlySet<string>, now: number): SandboxEvent[];
  portionsOfIssue(ids: ReadonlySet<string>, now: number): Portion[];
  readonly feed: Omit<Feed, 'add' | 'clear'>;
  clear(): void;
};

export function createEventStore(story: () => Story | undefined): EventStore {
  const buckets = new Map<number, SandboxEvent[]>();
  const byIssue = new Map<string, SandboxEvent[]>();
  const environments = new Map<string, number>();
  const feed = createFeed(story);
  const masses = createMassBook();
  const lists = listing(feed);
  const meet = (environment: string | null, arrivedAt: number): void => {
    if (environment !== null)
      environments.set(environment, Math.min(environments.get(environment) ?? Infinity, arrivedAt));
  };
  const put = (event: SandboxEvent): void => {
    feed.add(event);
    push(buckets, Math.floor(event.at / SLOT), event);
    if (event.issueId !== null) push(byIssue, event.issueId, event);
    meet(event.environment, event.arrivedAt);
  };
  const single = (start: number, end: number, now: number): SandboxEvent[] =>
    within(
      [
        ...keysBetween(buckets, start, end).map((key) => buckets.get(key) ?? []),
        ...storySlots(story(), start, end, now),
      ],
      start,
      end,
      now,
    );
  const singleOfIssue = (ids: ReadonlySet<string>, now: number): SandboxEvent[] =>
    [...ids].flatMap((id) => byIssue.get(id) ?? []).filter((event) => event.arrivedAt <= now);
  const portionsOfIssue = (ids: ReadonlySet<string>, now: number): Portion[] =>
    masses
      .ofIssues(ids)
      .map((mass) => portionOf(mass, -Infinity, Infinity, now))
      .filter((it) => it !== null);
  return {
    add: (events) => {
      for (const event of events) put(event);
    },
    addMass: (mass) => {
      masses.add(mass);
      lists.hold(mass);
      meet(mass.common.environment, mass.start);
    },
    single,
    portions: masses.portions,
    visible: (start, end, now) => [...single(start, end, now), ...masses.portions(start, end, now).flatMap(eventsIn)],
    environmentSince: (name) => environments.get(name),
    environments: () => environments,
    byId: (id) => [...buckets.values()].flat().find((event) => event.id === id),
    ofIssue: (ids, now) => [...singleOfIssue(ids, now), ...portionsOfIssue(ids, now).flatMap(eventsIn)],
    singleOfIssue,
    portionsOfIssue,
    feed: lists,
    clear: () => {
      for (const it of [buckets, byIssue, environments, feed, masses, lists]) it.clear();
    },
  };
}

/** Lists show single events: a mass is taken apart when a list first reaches into it. */
function listing(feed: Feed): Omit<Feed, 'add'> & { hold(mass: Mass): void } {
  const held = new Map<string, Mass[]>();
  const list = (projectId: string, start: number, end: number): void => {
    const { inside = [], outside = [] } = Object.groupBy(held.get(projectId) ?? [], (mass) =>
      mass.start < end && mass.end > start ? 'inside' : 'outside',
    );
    for (const mass of inside) for (const event of eventsIn({ mass, first: 0, end: mass.count })) feed.add(event);
    held.set(projectId, outside);
  };
  return {
    hold: (mass) => {
      push(held, mass.common.projectId, mass);
    },
    span: (projectId, order, span, now) => {
      list(projectId, span.start, span.end);
      return feed.span(projectId, order, span, now);
    },
    newest: (projectId, ...rest) => {
      list(projectId, -Infinity, Infinity);
      return feed.newest(projectId, ...rest);
    },
    clear: () => {
      held.clear();
    },
  };
}

function within(
  lists: ReadonlyArray<readonly SandboxEvent[]>,
  start: number,
  end: number,
  now: number,
): SandboxEvent[] {
  const found: SandboxEvent[] = [];
  for (const events of lists) {
    for (const event of events) {
      if (event.at >= start && event.at < end && event.arrivedAt <= now) found.push(event);
    }
  }
  return found;
}

function push<K, T>(map: Map<K, T[]>, key: K, item: T): void {
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
