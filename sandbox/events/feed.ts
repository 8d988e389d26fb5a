import { comparing, createOrdered, KEYS, merge, type Order, type Ordered, seek } from './ordered.ts';
import { DAY, isTransaction, type SandboxEvent, SLOT, type Story } from '../types.ts';
import { STORY_REACH, storySlots } from './story-slots.ts';

type Span = { readonly start: number; readonly end: number };

/** The events of one project as lists, newest first. A list is the same array until time or an event changes it. */
export type Feed = {
  add(event: SandboxEvent): void;
  /** Those whose key in this order is in the span and that have arrived by `now`. */
  span(projectId: string, order: Order, span: Span, now: number): readonly SandboxEvent[];
  /** From the newest on: as many as `enough` asks for, or all of 90 days, of the story its last day. */
  newest(
    projectId: string,
    order: Order,
    now: number,
    enough: (list: readonly SandboxEvent[]) => boolean,
  ): readonly SandboxEvent[];
  clear(): void;
};

/** A list and for how long it holds: until something is added, or one more event has arrived. */
type Made = {
  readonly list: readonly SandboxEvent[];
  readonly version: number;
  readonly from: number;
  readonly until: number;
};

const RETENTION = 90 * DAY;
const FIRST_LOOK = 12 * SLOT;
/** Listing more of it would make thousands of slots to find that a quiet project has no more events. */
const STORY_LISTED = DAY;
const KEPT = 32;
/** Slots back in which an event may have happened that arrives in this one. */
const LATE_SLOTS = 2;

/** A list of one project that somebody looks at. */
type Question = {
  readonly projectId: string;
  readonly order: Order;
  readonly span: Span;
  readonly now: number;
  /** How far back of `now` the story is listed, ms. */
  readonly depth: number;
};

export function createFeed(story: () => Story | undefined): Feed {
  const projects = new Map<string, Record<Order, Ordered>>();
  const made = createMadeLists();
  const ownOf = (projectId: string): Record<Order, Ordered> => {
    const own = projects.get(projectId) ?? { time: createOrdered('time'), arrival: createOrdered('arrival') };
    projects.set(projectId, own);
    return own;
  };
  const read = (question: Question): readonly SandboxEvent[] =>
    made.get(question, () => {
      const own = ownPart(ownOf(question.projectId), question);
      const more = told(story(), question);
      const list = merge(own.list, more.list, comparing(question.order));
      return { list, until: Math.min(own.until, more.until) };
    });
  return {
    span: (projectId, order, span, now) => read({ projectId, order, span, now, depth: STORY_REACH }),
    newest: (projectId, order, now, enough) => {
      let reach = story() === undefined ? RETENTION : FIRST_LOOK;
      for (;;) {
        const start = Math.floor((now - reach) / SLOT) * SLOT;
        const list = read({ projectId, order, span: { start, end: Infinity }, now, depth: STORY_LISTED });
        if (reach === RETENTION || enough(list)) return list;
        reach = reach < STORY_LISTED ? reach * 2 : RETENTION;
      }
    },
    add: (event) => {
      if (isTransaction(event)) return;
      made.outdate();
      const own = ownOf(event.projectId);
      own.time.add(event);
      own.arrival.add(event);
    },
    clear: () => {
      made.clear();
      projects.clear();
    },
  };
}

/** Lists are made once and kept for as long as they hold. The list of a question is the same array until then. */
type MadeLists = {
  get(question: Question, make: () => Part): readonly SandboxEvent[];
  /** Something was added. */
  outdate(): void;
  clear(): void;
};

function createMadeLists(): MadeLists {
  const made = new Map<string, Made>();
  let version = 0;
  return {
    get: ({ projectId, order, span, now }, make) => {
      const name = `${projectId} ${order} ${String(span.start)} ${String(span.end)}`;
      const known = made.get(name);
      if (known?.version === version && now >= known.from && now < known.until) return known.list;
      const { list, until } = make();
      made.delete(name);
      made.set(name, { list, version, from: now, until });
      const oldest = made.keys().next();
      if (made.size > KEPT && oldest.done !== true) made.delete(oldest.value);
      return list;
    },
    outdate: () => {
      version++;
    },
    clear: () => {
      version++;
      made.clear();
    },
  };
}

/** What has arrived, and when the next event of the project does. */
type Part = { readonly list: SandboxEvent[]; readonly until: number };

function ownPart(own: Readonly<Record<Order, Ordered>>, { order, span: { start, end }, now }: Question): Part {
  const key = KEYS[order];
  const all = own[order].all();
  const list = all.slice(
    seek(all, (event) => key(event) >= end),
    seek(all, (event) => key(event) >= start),
  );
  const arrivals = own.arrival.all();
  const waiting = seek(arrivals, (event) => event.arrivedAt > now);
  const next = arrivals[waiting - 1];
  return next === undefined
    ? { list, until: Infinity }
    : { list: list.filter((event) => event.arrivedAt <= now), until: next.arrivedAt };
}

/** The story's part: it changes with every event that arrives, and with every slot that begins. */
function told(story: Story | undefined, { projectId, order, span, now, depth }: Question): Part {
  if (story === undefined) return { list: [], until: Infinity };
  const key = KEYS[order];
  const start = Math.max(span.start, now - depth);
  const list: SandboxEvent[] = [];
  let until = (Math.floor(now / SLOT) + 1) * SLOT;
  for (const slot of storySlots(story, { start: start - LATE_SLOTS * SLOT, end: span.end, now })) {
    for (const event of slot) {
      if (event.projectId !== projectId || key(event) < start || key(event) >= span.end) continue;
      if (event.arrivedAt <= now) list.push(event);
      else until = Math.min(until, event.arrivedAt);
    }
  }
  return { list: list.sort(comparing(order)), until };
}
