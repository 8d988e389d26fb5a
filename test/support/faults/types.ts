import type { EventInput, Fault, FlavourName } from '../../../sandbox/index.ts';

/** Who can answer like this: Sentry, one of New Relic's two APIs, Anodot. */
export type Answerer = 'sentry' | 'nr-events' | 'nr-metrics' | 'anodot';
export const ALL: readonly Answerer[] = ['sentry', 'nr-events', 'nr-metrics', 'anodot'];
export const INGEST: readonly Answerer[] = ['nr-events', 'nr-metrics', 'anodot'];

/** Ids of faults by comma; `*`: all that are not named. */
export type Faults = string;

/** One misbehaviour of the table. */
export interface FaultCase {
  /** Short, one per answerer; the expectations name it. */
  readonly id: string;
  /** For people. */
  readonly label: string;
  readonly fault: Omit<Fault, 'vendor' | 'times'>;
  readonly of: readonly Answerer[];
  /** Words of which some stand in the answer when it could not be helped. */
  readonly says: readonly string[];
  /** Until when the vendor asked to be left alone, by its own words, epoch ms. `at`: of its answer. */
  readonly asks?: (at: number) => number;
}

/** One request of a run that faults are aimed at. */
export interface Target {
  readonly title: string;
  /** What the run wants of it. */
  readonly purpose: string;
  readonly vendor: Fault['vendor'];
  readonly answerer: Answerer;
  readonly endpoint: NonNullable<Fault['endpoint']>;
  /** Only requests whose decoded query or body has this. */
  readonly match?: string;
  /** Only requests whose path has this. */
  readonly path?: string;
  /** Only requests that begin a list, or only those that go on with one. */
  readonly page?: 'first' | 'later';
  readonly events: readonly EventInput[];
  /** Default: the newest Sentry. */
  readonly flavour?: FlavourName;
  readonly env?: Readonly<Record<string, string>>;
  /** The service has a list of projects, an hour old. */
  readonly isPrepared?: boolean;
  /** Answers that are no faults here. */
  readonly except?: Faults;
}

/** The first such request meets the fault, or every one does. */
export const TIMES = ['once', 'lasting'] as const;
export type Times = (typeof TIMES)[number];

/** What a cell came to, in words. */
export interface Ending {
  /** HTTP status, `status` of the body, `Sentry-Monitor-Sent`. */
  readonly answer: string;
  /** Gaps of the filter that was hit; `not read`: an error instead of its report. */
  readonly missing: string;
  /** Of the sinks for the filter that was hit; of a sink that was hit, over both filters. */
  readonly receipts: string;
  /** What then stands at the vendors, of the filter that was hit; of a sink that was hit, of both. */
  readonly stored: string;
  /** The other filter; of a sink that was hit, the other sink. */
  readonly other: string;
  /** A second post once the vendor is well: its status, and what then stands at the vendors. */
  readonly again: string;
}

/** An ending, and when the request was tried: seconds after its first try. */
export interface Cell extends Ending {
  readonly tries: string;
}

/** What must happen, written by hand. */
export interface Expectation {
  readonly target: Target;
  readonly once: readonly (readonly [Faults, Ending])[];
  readonly lasting: readonly (readonly [Faults, Ending])[];
  /** Where they differ from the vendor's. */
  readonly tries?: readonly TriesRow[];
  /** For people. */
  readonly note?: string;
}

/** Tries when the fault is met once, and when it lasts. */
export type TriesRow = readonly [Faults, once: string, lasting: string];

/** Faults that fare alike, under one name, and what they have in common. */
export type FaultClass = readonly [name: string, common: string, Faults];

/** One vendor's part of the table. */
export interface Chapter {
  readonly vendor: string;
  /** For the document alone. */
  readonly classes: readonly FaultClass[];
  readonly tries: readonly TriesRow[];
  readonly targets: readonly Expectation[];
}
