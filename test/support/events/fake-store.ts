import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import { DAY_MS, type Window } from '../../../src/core/model/window.ts';
import { createObjectBook } from '../intakes/object-book.ts';
import type { CountWish, EventStore, KeptCursor, StoredEvent } from '../../../src/core/ports/events/event-store.ts';

/** A store by plain loops over a list. */
export interface FakeStore extends EventStore {
  events: StoredEvent[];
  readers: KeptCursor[];
  put(project: string, ...events: readonly ErrorEvent[]): void;
}

export function fakeStore(): FakeStore {
  const self: FakeStore = {
    keptMs: 14 * DAY_MS,
    objects: createObjectBook(),
    events: [],
    readers: [],
    put: (project, ...events) => void self.events.push(...events.map((event) => ({ ...event, project }))),
    add: async () => ({ stored: 0, repeats: 0, rejects: 0 }),
    room: async () => null,
    cursors: async (projects) => self.readers.filter(({ project }) => projects.includes(project)),
    each: async (projects, span, take) => take(inSpan(self.events, projects, span)),
    async reached(projects) {
      const places = self.events.map(({ project }, place): [string, number] => [project, place + 1]);
      return new Map(places.filter(([project]) => projects.includes(project)));
    },
    async stored(project, { after, upTo }, take) {
      take(self.events.slice(after, upTo).filter((event) => event.project === project));
    },
    async newest({ projects, span, after, limit }) {
      const isAfter = ({ at, project, id }: StoredEvent): boolean => {
        if (after === null || at !== after.at) return after === null || at < after.at;
        return project > after.project || (project === after.project && id < after.id);
      };
      const sorted = inSpan(self.events, projects, span)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .toSorted((a, b) => (a.project < b.project ? -1 : Number(a.project > b.project)))
        .toSorted((a, b) => b.at - a.at);
      return sorted.filter(isAfter).slice(0, limit);
    },
    held: async (projects, span) => inSpan(self.events, projects, span).length,
    async issues(projects, ids, environments) {
      const found = new Map<
        string,
        Awaited<ReturnType<EventStore['issues']>> extends ReadonlyMap<string, infer I> ? I : never
      >();
      for (const event of self.events.toSorted((a, b) => a.at - b.at)) {
        const { project, issueId, title, culprit, level, environment, at } = event;
        const isAsked = projects.includes(project) && ids.includes(issueId);
        if (!isAsked || (environments.length > 0 && !environments.includes(environment ?? ''))) continue;
        const first = found.get(issueId)?.first ?? at;
        found.set(issueId, { issueId, project, title, culprit, level, url: null, first, last: at });
      }
      return found;
    },
    async find({ projects, since, text = '', first, limit }) {
      const all = Map.groupBy(
        self.events.filter(({ project }) => projects.includes(project)),
        ({ project, issueId }) => JSON.stringify([project, issueId]),
      );
      const says = ({ title, culprit, issueId }: StoredEvent): boolean =>
        [title, culprit ?? '', issueId].some((it) => it.toLowerCase().includes(text.toLowerCase()));
      return [...all.values()]
        .map((own) => own.toSorted((a, b) => a.at - b.at))
        .filter((own) => own.at(-1)!.at >= since && says(own.at(-1)!))
        .map((own) => {
          const { project, issueId, at } = own.at(-1)!;
          return { project, issueId, first: first ? own[0]!.at : null, last: at };
        })
        .toSorted((a, b) => b.last - a.last)
        .slice(0, limit);
    },
    async counts(wish, ids, span) {
      const counts = new Map<string, number>();
      for (const { issueId } of chosen(self.events, wish, span))
        if (ids.includes(issueId)) counts.set(issueId, (counts.get(issueId) ?? 0) + 1);
      return counts;
    },
    async users(wish, span, above) {
      const all = chosen(self.events, wish, span).filter(({ user }) => user !== null);
      const byIssue = Map.groupBy(all, ({ issueId }) => issueId);
      const issues = [...byIssue].map(([id, own]): [string, number] => [id, new Set(own.map(({ user }) => user)).size]);
      const more = issues.filter(([, users]) => above !== null && users > above);
      return { users: new Set(all.map(({ user }) => user)).size, issues: Object.fromEntries(more) };
    },
    async series(wish, span, stepMs) {
      const steps = Map.groupBy(chosen(self.events, wish, span), ({ at }) => Math.floor(at / stepMs) * stepMs);
      return [...steps].map(([start, own]) => ({ start, events: own.length }));
    },
    async days(wish, ids, span) {
      const own = chosen(self.events, wish, span).filter(({ issueId }) => ids === null || ids.includes(issueId));
      const groups = Map.groupBy(own, ({ at, issueId }) => JSON.stringify([Math.floor(at / DAY_MS) * DAY_MS, issueId]));
      return [...groups].map(([key, { length: events }]) => {
        const [day, issueId] = JSON.parse(key) as [number, string];
        return { issueId, day, events };
      });
    },
    async locate(projects, eventId) {
      const found = self.events.find(({ project, id }) => projects.includes(project) && id === eventId);
      return found === undefined ? null : { project: found.project, issueId: found.issueId };
    },
    async usersBy(project, ids, span) {
      const own = inSpan(self.events, [project], span).filter(
        (it) => it.user !== null && (ids === null || ids.includes(it.issueId)),
      );
      const byIssue = Map.groupBy(own, ({ issueId }) => issueId);
      return new Map([...byIssue].map(([id, some]) => [id, new Set(some.map(({ user }) => user)).size]));
    },
    samples: async () => [],
    alike: async () => ({ issues: [], isMore: false }),
    groupingOf: async () => null,
    timings: async () => [],
    late: async () => [],
    rejects: async () => ({ total: 0, notes: 0, newest: [] }),
    noteHeld: async () => undefined,
  };
  return self;
}

function inSpan(events: readonly StoredEvent[], projects: readonly string[], { start, end }: Window): StoredEvent[] {
  return events.filter(({ project, at }) => projects.includes(project) && at >= start && at < end);
}

function chosen(
  events: readonly StoredEvent[],
  { projects, environments, levels }: CountWish,
  span: Window,
): StoredEvent[] {
  return inSpan(events, projects, span).filter(
    ({ environment, level }) =>
      (environments.length === 0 || environments.includes(environment ?? '')) &&
      (levels.length === 0 || levels.includes(level)),
  );
}
