import { createFeed, type Feed } from './feed.ts';
import { createMassBook } from './mass-book.ts';
import { eventsIn, type Mass, type Portion, portionOf } from './masses.ts';
import type { SandboxEvent, Story } from '../types.ts';
import { createSingleEvents, type Meant, push } from './single-events.ts';

/** Events by 5-minute bucket; looking at a window costs what the window holds. */
export type EventStore = {
  add(events: readonly SandboxEvent[]): void;
  addMass(mass: Mass): void;
  /** Events with start <= at < end that have arrived by `now`, those of masses one by one; all, or those meant. */
  visible(start: number, end: number, now: number, meant?: Meant): SandboxEvent[];
  /** The same without those of masses, for who counts `portions` besides. */
  single(start: number, end: number, now: number, meant: Meant): SandboxEvent[];
  /** Of masses; of these projects, or of all. */
  portions(start: number, end: number, now: number, projects?: Iterable<string>): Portion[];
  /** First arrival of an event with this environment, when there is one among the added. */
  environmentSince(name: string): number | undefined;
  /** Of a project, with the first arrival. */
  environments(projectId: string): ReadonlyMap<string, number>;
  /** Among the added ones. */
  byId(id: string): SandboxEvent | undefined;
  /** The added events of these issues, those of masses one by one. */
  ofIssue(ids: ReadonlySet<string>, now: number): SandboxEvent[];
  singleOfIssue(ids: ReadonlySet<string>, now: number): SandboxEvent[];
  portionsOfIssue(ids: ReadonlySet<string>, now: number): Portion[];
  readonly feed: Omit<Feed, 'add' | 'clear'>;
  clear(): void;
};

const ALL: Meant = { holds: () => true };

export function createEventStore(story: () => Story | undefined): EventStore {
  const singles = createSingleEvents(story);
  const masses = createMassBook();
  const environments = createFirstSeen();
  const feed = createFeed(story);
  const lists = listing(feed);
  const portionsOfIssue = (ids: ReadonlySet<string>, now: number): Portion[] => arrived(masses.ofIssues(ids), now);
  return {
    add: (events) => {
      for (const event of events) {
        feed.add(event);
        singles.add(event);
        environments.meet(event);
      }
    },
    addMass: (mass) => {
      masses.add(mass);
      lists.hold(mass);
      environments.meet({ ...mass.common, arrivedAt: mass.start });
    },
    single: singles.between,
    portions: masses.portions,
    visible: (start, end, now, meant = ALL) => [
      ...singles.between(start, end, now, meant),
      ...masses.portions(start, end, now).flatMap((portion) => eventsIn(portion).filter(meant.holds)),
    ],
    environmentSince: environments.since,
    environments: environments.of,
    byId: singles.byId,
    ofIssue: (ids, now) => [...singles.ofIssues(ids, now), ...portionsOfIssue(ids, now).flatMap(eventsIn)],
    singleOfIssue: singles.ofIssues,
    portionsOfIssue,
    feed: lists,
    clear: () => {
      for (const it of [singles, environments, feed, masses, lists]) it.clear();
    },
  };
}

function arrived(masses: readonly Mass[], now: number): Portion[] {
  return masses.map((mass) => portionOf(mass, -Infinity, Infinity, now)).filter((it) => it !== null);
}

/** When the first event of each environment arrived: in a project, and at all. */
function createFirstSeen(): {
  meet(event: Pick<SandboxEvent, 'projectId' | 'environment' | 'arrivedAt'>): void;
  of(projectId: string): ReadonlyMap<string, number>;
  since(name: string): number | undefined;
  clear(): void;
} {
  const projects = new Map<string, Map<string, number>>();
  const of = (projectId: string): Map<string, number> => {
    const found = projects.get(projectId) ?? new Map<string, number>();
    projects.set(projectId, found);
    return found;
  };
  return {
    meet: ({ projectId, environment: name, arrivedAt }) => {
      if (name !== null) of(projectId).set(name, Math.min(of(projectId).get(name) ?? Infinity, arrivedAt));
    },
    of,
    since: (name) => {
      const all = [...projects.values()].flatMap((environments) => environments.get(name) ?? []);
      return all.length === 0 ? undefined : Math.min(...all);
    },
    clear: () => {
      projects.clear();
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
