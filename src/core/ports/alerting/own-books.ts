import type { Fate } from '../../model/alerting/alert.ts';
import type { Window } from '../../model/window.ts';
import type { JobStore } from './job-store.ts';

/** How many there were of one fate at a channel. */
export interface FateCount {
  readonly channel: string;
  readonly fate: Fate;
  readonly count: number;
}

/** What the ledger knows of the service itself in a span. */
export interface Accounts {
  /** Runs that began in it, by what they came to; null: they did not end. `last`: when the last one began, epoch ms. */
  readonly runs: readonly { readonly outcome: string | null; readonly count: number; readonly last: number }[];
  /** Messages that were made in it, as they are now. */
  readonly messages: readonly FateCount[];
  /** Alerts that were decided in it for a channel and are in no message. */
  readonly held: readonly FateCount[];
  /** Records of intakes that could not be read, and remarks on those that were, in the hours that begin in it. */
  readonly rejects: readonly { readonly intake: string; readonly rejects: number; readonly notes: number }[];
}

export interface LedgerSize {
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** What its tables take; of SQLite the whole file. */
  readonly bytes: number;
  /** Of these free again, for what comes next; null: not known. */
  readonly free: number | null;
  /** Version of its tables, and the one that this program makes. */
  readonly schema: number;
  readonly newest: number;
  /** The folder of its file; null: it is elsewhere. */
  readonly folder: string | null;
}

/** What the service keeps of itself. All servers see the same. */
export interface OwnBooks {
  readonly jobs: JobStore;
  accounts(span: Window): Promise<Accounts>;
  size(): Promise<LedgerSize>;
}
