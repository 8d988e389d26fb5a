import type { EventStore } from './event-store.ts';
import type { Scope } from '../scope.ts';

/** Name of the source that reads the events of intakes. */
export const EVENTS = 'events';

/** How much is to be read. */
export interface IntakeOrder {
  /** Events at most, rejects not counted; undefined: all that there are. */
  readonly limit?: number | undefined;
  /**
   * Of a log that is written while it is read: so long nothing must come behind a record until it is told as it is,
   * ms; 0: now. Undefined: it is told at the second look that finds it.
   */
  readonly openAfterMs?: number | undefined;
  /** Only a file of this machine, by its path; see `orders`. */
  readonly file?: string | undefined;
  /** Also what there is of these UTC days, `YYYY-MM-DD`, both included; see `orders`. */
  readonly days?: { readonly from: string; readonly to: string } | undefined;
}

/** What an intake read. `read` = `stored` + `repeats` + `rejects`. */
export interface Taken {
  readonly read: number;
  readonly stored: number;
  readonly repeats: number;
  readonly rejects: number;
  /** Ids of the issues of what was read. */
  readonly issues: ReadonlySet<string>;
  /** Nothing was left to be read. */
  readonly isDrained: boolean;
  /** What could not be read beside that, for people; absent: all could. */
  readonly trouble?: string;
}

/** One error, to see what becomes of it. */
export interface TriedError {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** When it happens, epoch ms. */
  readonly at: number;
  readonly type: string;
  readonly value: string;
  readonly environment?: string | undefined;
}

/** What will be stored of it. */
export interface TriedEvent {
  readonly issue: string;
  /** Of the event; null: it gets a name of the intake's own. */
  readonly id: string | null;
}

/** A way into what an intake reads, as programs have it. */
export interface IntakeTrial {
  /** What it leads into: the key that such an intake is set up with. */
  readonly to: string;
  /** Rejects when it was not taken, or would be no event. */
  put(error: TriedError, store: Pick<IntakeStore, 'cursors'>, scope: Scope): Promise<TriedEvent>;
}

/** What somebody posted to an intake. */
export interface Posted {
  /** What its JSON holds. */
  readonly body: unknown;
  /** Whoever posted it has a token; else the post itself must be signed. */
  readonly isTrusted: boolean;
}

/**
 * What somebody's post came to, words for people:
 *
 * - keys:     the objects that are to be read; none: it was no news
 * - refused:  it means nothing here
 * - unsigned: nothing shows that it is from who may post
 * - later:    that cannot be told now; it is to be sent again
 */
export type Asked =
  | { readonly keys: readonly string[] }
  | { readonly refused: string }
  | { readonly unsigned: string }
  | { readonly later: string };

/** What intakes need of the event store. */
export type IntakeStore = Pick<EventStore, 'add' | 'cursors' | 'objects'>;

/** What the page of an event's record is found by. */
export interface LinkedEvent {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Brings events into the event store, each once. */
export interface Intake {
  /** Of the instance, and of the project that its events are in. */
  readonly name: string;
  /**
   * Reads until nothing is left, the order's limit is reached or the scope ends. Everything is stored with the cursor
   * that says so in one transaction; only then it is let go where it came from. Rejects when it cannot be read at all:
   * what was stored until then stays.
   */
  take(store: IntakeStore, order: IntakeOrder, scope: Scope): Promise<Taken>;
  /** What it reads tells how long things took; absent: it does not. */
  readonly isTimed?: boolean;
  /** Which orders besides a limit it can take; absent: none. */
  readonly orders?: readonly ('file' | 'days')[];
  /** Notes what a post says is there to be read. Absent: nobody may post to it. */
  ask?(posted: Posted, store: Pick<IntakeStore, 'objects'>, scope: Scope): Promise<Asked>;
  /** Posts that are signed need no token. */
  readonly takesSigned?: boolean;
  /** The page of an event's record at the vendor. Absent: records have none. */
  linkOf?(event: LinkedEvent): string;
  /** Absent: there is no way into it from here. */
  readonly trial?: IntakeTrial | undefined;
}
