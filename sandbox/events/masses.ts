import { instantOf } from '../clock.ts';
import { eventsOf } from './event-input.ts';
import { hex, randomFrom, seedOf } from '../random.ts';
import type { EventInput, Project, SandboxEvent } from '../types.ts';

/** What may be given to add a mass: what its events have in common, and how they differ. */
export type MassInput = Omit<EventInput, 'at' | 'arrivedAt' | 'millis' | 'dateless' | 'id' | 'user' | 'repeat'> & {
  /** Epoch milliseconds or ISO, whole seconds; half-open. */
  start: number | string;
  end: number | string;
  issue: string | number;
  count: number;
  /** Default 0: the events have no user. */
  users?: number;
  /** Default 0. */
  firstUser?: number;
};

/**
 * Events that are alike but for time, user and id, kept as one: a million of them cost what one costs. The i-th happens
 * (and arrives) in the second `start + floor(i · seconds / count)`; its user is `id:<firstUser + i % users>`.
 */
export type Mass = {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly users: number;
  readonly firstUser: number;
  /** Any of them, for searches and columns. What they do not share throws when it is asked for. */
  readonly like: SandboxEvent;
  readonly common: SandboxEvent;
  readonly serial: number;
};

/** The i-th events of a mass with first <= i < end; at least one. */
export type Portion = { readonly mass: Mass; readonly first: number; readonly end: number };

/** What is counted: single events, and portions of masses. */
export type Counted = { readonly events: readonly SandboxEvent[]; readonly portions: readonly Portion[] };

/** Numbers from <= n < to: of users `id:<n>`. */
export type UserRange = { readonly from: number; readonly to: number };

/** More would not fit the memory, which is why they are a mass. */
const MOST_LISTED = 20_000;

export function massOf(input: MassInput, owner: Project, serial: number): Mass {
  const { start, end, count, users = 0, firstUser = 0, ...rest } = input;
  const [from, to] = [instantOf(start), instantOf(end)];
  if (from % 1000 !== 0 || to % 1000 !== 0 || from >= to)
    throw new Error('start and end of a mass are whole seconds, start first');
  if (![count, users, firstUser].every((it) => Number.isInteger(it) && it >= 0) || count === 0)
    throw new Error('count, users and firstUser of a mass are whole numbers');
  const [common] = eventsOf({ ...rest, at: from }, owner.id, 0);
  if (common === undefined) throw new Error('a mass of nothing');
  return { start: from, end: to, count, users, firstUser, like: shared(common), common, serial };
}

function shared(event: SandboxEvent): SandboxEvent {
  const like = { ...event };
  for (const name of ['id', 'at', 'arrivedAt', 'user'] as const) {
    Object.defineProperty(like, name, {
      get: () => {
        throw new Error(`the events of a mass do not share their ${name}: add them one by one`);
      },
    });
  }
  return like;
}

/** Those in the span that have arrived by `now`; null: none. */
export function portionOf(mass: Mass, start: number, end: number, now: number): Portion | null {
  const first = countBefore(mass, start);
  const past = Math.min(countBefore(mass, end), countBefore(mass, Math.floor(now / 1000) * 1000 + 1000));
  return first < past ? { mass, first, end: past } : null;
}

/** floor(i · seconds / count) < k for the first ceil(k · count / seconds) of them. */
function countBefore({ start, end, count }: Mass, instant: number): number {
  if (instant >= end) return count;
  const second = Math.max(0, Math.ceil((instant - start) / 1000));
  return Math.ceil((second * count) / ((end - start) / 1000));
}

export function momentOf({ start, end, count }: Mass, index: number): number {
  return start + Math.floor((index * (end - start)) / 1000 / count) * 1000;
}

export function usersOf({ mass: { users, firstUser }, first, end }: Portion): readonly UserRange[] {
  if (users === 0) return [];
  if (end - first >= users) return [{ from: firstUser, to: firstUser + users }];
  const [low, high] = [firstUser + (first % users), firstUser + ((end - 1) % users) + 1];
  return low < high
    ? [{ from: low, to: high }]
    : [
        { from: low, to: firstUser + users },
        { from: firstUser, to: high },
      ];
}

/** As single events, for lists. */
export function eventsIn({ mass, first, end }: Portion): SandboxEvent[] {
  if (end - first > MOST_LISTED) throw new Error(`${String(end - first)} events of a mass are too many to list`);
  const { users, firstUser, common, serial } = mass;
  return Array.from({ length: end - first }, (_, n) => {
    const index = first + n;
    const at = momentOf(mass, index);
    return {
      ...common,
      id: hex(randomFrom(seedOf('mass', serial, index)), 32),
      at,
      arrivedAt: at,
      user: users === 0 ? null : `id:${String(firstUser + (index % users))}`,
    };
  });
}
