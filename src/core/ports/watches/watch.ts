import type { Scope } from '../scope.ts';

export type WatchValue = number | string | boolean;

/** What somebody answered. */
export interface Measured {
  readonly value: WatchValue;
  /** Other numbers of the same look, by name: `ms`. */
  readonly more: Readonly<Record<string, number>>;
  /** The answer whole, as text; null: it is nothing but the value. */
  readonly answer: string | null;
  /** What people read of it; absent: the value says it. */
  readonly detail?: string;
  /** What of it cannot be used, for people, a line each with what to do; absent: all can be. */
  readonly leftOut?: readonly string[];
}

/** Looks at something outside now and then. */
export interface Watch {
  /** Of the instance. */
  readonly name: string;
  /**
   * One look, without repeats. Rejects with an UpstreamError where there is no answer, or none that can be read.
   * `before`: the last good answer; absent: there never was one, or it is of no matter.
   */
  look(scope: Scope, before?: Measured | null): Promise<Measured>;
}
