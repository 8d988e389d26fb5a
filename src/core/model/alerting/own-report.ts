import type { DigestSpan } from './digest.ts';

/**
 * How it stands with the service itself, as it was when the message was stored. Plain data; instants are ISO, sizes are
 * bytes. Its JSON is a contract (the webhook's body). Null: there is nothing of the kind, or it could not be read, as
 * `unknown` says.
 */
export interface OwnReport {
  readonly name: string;
  readonly slot: DigestSpan;
  /** IANA name of the zone that people read it in. */
  readonly zone: string;
  /** It goes over an hour later than its time. */
  readonly late: boolean;
  /** What somebody should look at, a plain sentence each; none: all is in order. */
  readonly findings: readonly string[];
  /** What could not be read, a plain sentence each. */
  readonly unknown: readonly string[];
  readonly runs: OwnRuns | null;
  readonly jobs: readonly OwnJob[] | null;
  readonly watches: readonly OwnWatch[] | null;
  readonly certificates: readonly OwnCertificate[] | null;
  /** By channel, of messages that were made in the slot. */
  readonly messages: readonly OwnChannel[] | null;
  /** By intake, of the slot. */
  readonly rejects: readonly { readonly intake: string; readonly rejects: number; readonly notes: number }[] | null;
  readonly ledger: OwnLedger | null;
  /** Where the ledger's file is, else where the service runs. */
  readonly disk: { readonly bytes: number; readonly free: number } | null;
  readonly versions: { readonly program: string; readonly node: string; readonly schema: number | null };
}

/** Runs of all servers that began in the slot. */
export interface OwnRuns {
  readonly count: number;
  readonly partial: number;
  readonly failed: number;
  /** They did not end: their server died, or is at it. */
  readonly open: number;
  /** When the last one began; null: there was none. */
  readonly last: string | null;
}

/** Work beside windows, of all servers together. */
export interface OwnJob {
  readonly kind: string;
  readonly name: string;
  /** Null: none is known. */
  readonly lastSuccess: string | null;
  readonly lastFailure: string | null;
  /** It failed after it went well last, somewhere. */
  readonly failing: boolean;
  /** What it failed with, else what the last success came to: of a backup what was proved of it. */
  readonly detail: string;
  /** Server that did it last. */
  readonly server: string;
}

export interface OwnWatch {
  readonly name: string;
  /** Null: there never was a good answer. */
  readonly value: number | string | boolean | null;
  readonly at: string | null;
  /** Age of the good answer, or of the wait for the first one, ms. */
  readonly ageMs: number;
  /** It should not be believed any more. */
  readonly old: boolean;
  /** What the last look failed with; null: it went well, or there was none. */
  readonly fault: string | null;
}

/** A certificate that a watch looks at. */
export interface OwnCertificate {
  readonly watch: string;
  /** Whole days that are left, at the slot's end; negative: it has ended. */
  readonly days: number;
  /** About when it ends, a UTC day: `2027-01-03`. */
  readonly ends: string;
}

/** Messages of a channel by what became of them. */
export interface OwnChannel {
  readonly channel: string;
  readonly sent: number;
  readonly waiting: number;
  /** Nobody knows whether they arrived. */
  readonly uncertain: number;
  readonly refused: number;
  readonly givenUp: number;
  /** Alerts that mutes, quiet hours or their group hold back, or that were dropped. */
  readonly held: number;
}

/** What the ledger takes on its disk. */
export interface OwnLedger {
  readonly kind: string;
  readonly bytes: number;
  /** Of these free again; null: not known. */
  readonly free: number | null;
}
