import type {
  NewTicket,
  ReadTicket,
  TicketText,
  Tracked,
  Tracker,
  TrackerFault,
} from '../../../src/core/ports/tickets/tracker.ts';
import type { Clock } from '../time/clock.ts';

/** A ticket as a tracker has it. */
export interface Held extends ReadTicket {
  readonly comments: readonly string[];
}

/** A tracker in memory, and what a test does to it. */
export interface TestTracker extends Tracker {
  readonly tickets: Map<string, Held>;
  readonly created: NewTicket[];
  readonly related: (readonly [string, string])[];
  /** Names of methods, in the order of their calls. */
  readonly calls: string[];
  /** What search does not see: of those the ids. */
  readonly unseen: Set<string>;
  change(id: string, change: Partial<Held>): void;
  /** The next call of the method comes to that; `isDone`: it was done all the same. */
  next(method: 'create' | 'comment' | 'read' | 'findByLabel' | 'reopen', fault: TrackerFault, isDone?: boolean): void;
  hasWayBack: boolean;
}

function plainText(text: TicketText): string {
  return text
    .map((part) => {
      if (part.kind === 'code') return part.text;
      if (part.kind === 'line') return part.words.map((word) => word.text).join('');
      return part.items.map((words) => words.map((word) => word.text).join('')).join('\n');
    })
    .join('\n');
}

export function createTestTracker(clock: Pick<Clock, 'now'>, most = 25_000): TestTracker {
  const tickets = new Map<string, Held>();
  const faults = new Map<string, { fault: TrackerFault; isDone: boolean }[]>();
  let count = 0;
  const tracker: TestTracker = {
    ...{ tickets, created: [], related: [], calls: [], unseen: new Set(), hasWayBack: true },
    change: (id, change) => void tickets.set(id, { ...tickets.get(id)!, ...change }),
    next: (method, fault, isDone = false) =>
      void faults.set(method, [...(faults.get(method) ?? []), { fault, isDone }]),
    fits: (text) => JSON.stringify(text).length < most,
    create: (ticket) =>
      answer('create', () => {
        const id = String(10_000 + ++count);
        tracker.created.push(ticket);
        tickets.set(id, {
          ...{
            id,
            key: `${ticket.project}-${count}`,
            url: `https://jira.example.com/browse/${ticket.project}-${count}`,
          },
          ...{
            summary: ticket.summary,
            status: 'To Do',
            isDone: false,
            doneAt: null,
            resolution: null,
            assignee: null,
          },
          ...{ labels: ticket.labels, createdAt: clock.now(), updatedAt: clock.now(), text: plainText(ticket.text) },
          comments: [],
        });
        const { key, url } = tickets.get(id)!;
        return { id, key, url };
      }),
    read: (idOrKey) =>
      answer('read', () => tickets.get(idOrKey) ?? [...tickets.values()].find(({ key }) => key === idOrKey) ?? null),
    findByLabel: (project, label) =>
      answer('findByLabel', () =>
        [...tickets.values()].filter(
          (it) => it.labels.includes(label) && it.key.startsWith(`${project}-`) && !tracker.unseen.has(it.id),
        ),
      ),
    comment: (id, text) =>
      answer('comment', () => {
        const { comments, text: before } = tickets.get(id)!;
        const said = plainText(text);
        tracker.change(id, { comments: [...comments, said], text: `${before}\n${said}`, updatedAt: clock.now() });
        return null;
      }),
    hasComment: (id, mark) => answer('hasComment', () => tickets.get(id)!.comments.some((it) => it.includes(mark))),
    reopen: (id) =>
      answer('reopen', () => {
        if (tracker.hasWayBack) tracker.change(id, { isDone: false, doneAt: null, resolution: null, status: 'To Do' });
        return tracker.hasWayBack;
      }),
    relate: (key, other) =>
      answer('relate', () => {
        tracker.related.push([key, other]);
        return null;
      }),
    touched: async () => ({ status: 'done', value: { tickets: [...tickets.values()], next: null } }),
  };
  async function answer<T>(method: string, act: () => T): Promise<Tracked<T>> {
    tracker.calls.push(method);
    const planned = faults.get(method)?.shift();
    if (planned !== undefined && !planned.isDone) return planned.fault;
    const value = act();
    return planned?.fault ?? { status: 'done', value };
  }
  return tracker;
}
