import { EventsFull } from '../../core/model/errors.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { Asked, Intake, LinkedEvent, Posted } from '../../core/ports/events/intake.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { Deps, IntakeDeps } from '../../integrations/plugin.ts';
import type { Configuration } from '../configure.ts';
import { createTaking, type Taking } from './taking.ts';

/** Those that are set up. */
export interface Intakes extends IntakeDeps, Pick<Taking, 'take' | 'heed'> {
  readonly all: readonly Intake[];
  /** The page of an event's record at the vendor of its intake; null: there is none. */
  linkOf(project: string, event: LinkedEvent): string | null;
  /** Undefined: no intake takes posts. */
  readonly posts: IntakePosts | undefined;
}

/** What comes to intakes by posts. */
export interface IntakePosts {
  /** Notes what a post names, and reads it in the background; null: no intake of that name takes posts. */
  ask(name: string, posted: Posted, openScope: () => Closable): Promise<Asked | null>;
  /** Whether posts to that one may come without a token. */
  takesSigned(name: string): boolean;
}

type Closable = Scope & { close(): void };

/** What intakes are made of, and what the source of events has of them; undefined: there are none, or no ledger. */
export function intakesOf(
  { intakes: wanted, settings }: Pick<Configuration, 'intakes' | 'settings'>,
  ledger: Pick<Ledger, 'events'> | undefined,
  deps: Deps,
): Intakes | undefined {
  const store = ledger?.events;
  if (wanted.length === 0 || store === undefined || settings === undefined) return undefined;
  const intakes = wanted.flatMap(({ name, configured }): Intake[] => {
    return configured === undefined ? [] : [pausing(configured.create(deps, name).part, store)];
  });
  const taking = createTaking(intakes, store, deps);
  const { take, taken, listener, heed } = taking;
  const base = settings.publicUrl ?? '';
  return {
    all: intakes,
    take,
    heed,
    posts: intakes.some((it) => it.ask !== undefined) ? postsOf(intakes, store, taking) : undefined,
    store,
    names: intakes.map(({ name }) => name),
    timed: new Set(intakes.flatMap(({ name, isTimed }) => (isTimed === true ? [name] : []))),
    settleMs: settings.settleMs,
    pageOf: (issueId) => `${base}/issues/${encodeURIComponent(issueId)}`,
    linkOf: (project, event) => intakes.find(({ name: own }) => own === project)?.linkOf?.(event) ?? null,
    taken,
    listener,
  };
}

/** The same intake, which takes nothing while the store has no room: what it would read stays where it is. */
function pausing(intake: Intake, { room }: Pick<EventStore, 'room'>): Intake {
  return {
    ...intake,
    take: async (...given) => {
      const { full } = (await room()) ?? ROOMY;
      if (full !== null) throw new EventsFull(full);
      return intake.take(...given);
    },
  };
}

const ROOMY = { full: null };

function postsOf(intakes: readonly Intake[], store: EventStore, { one }: Taking): IntakePosts {
  const find = (name: string): Intake | undefined => intakes.find((it) => it.name === name);
  return {
    takesSigned: (name) => find(name)?.takesSigned === true,
    async ask(name, posted, openScope) {
      const intake = find(name);
      if (intake?.ask === undefined) return null;
      const scope = openScope();
      let isRead = false;
      try {
        const asked = await intake.ask(posted, store, scope);
        isRead = 'keys' in asked && asked.keys.length > 0;
        if (isRead) void one(intake, scope).finally(() => scope.close());
        return asked;
      } finally {
        if (!isRead) scope.close();
      }
    },
  };
}
