import type { LastTry } from '../../model/watches/last-try.ts';
import type { KeptAlert } from '../alerting/alert-store.ts';
import type { Telling } from '../../model/alerting/alert.ts';
import type { JsonObject } from '../../model/item.ts';
import type { Measured, WatchValue } from './watch.ts';

/** The last good answer, whole. */
export interface GoodAnswer extends Measured {
  /** Epoch ms. */
  readonly at: number;
}

/** A value at an instant, epoch ms. */
export type PastValue = readonly [at: number, value: WatchValue];

/** What is known of a watch. All servers see the same. */
export interface KeptWatch {
  readonly name: string;
  /** Null: there never was one. */
  readonly good: GoodAnswer | null;
  /** Null: nobody has tried yet. */
  readonly last: LastTry | null;
  /** Since when it is known, epoch ms. */
  readonly since: number;
  /** The oldest first, at most `MOST_PAST`. */
  readonly past: readonly PastValue[];
  /** What its rules, and those who tell of its trouble, have come to. */
  readonly state: JsonObject;
}

export const MOST_PAST = 288;

/** A watch that this server looks at now, and nobody else. */
export interface ClaimedWatch {
  readonly token: string;
  readonly kept: KeptWatch;
}

/** What a look came to; takes effect whole, with what is told of it. */
export interface Looked {
  readonly kept: KeptWatch;
  readonly alerts: readonly KeptAlert[];
  /** One whose key is known changes nothing. */
  readonly tellings: readonly Telling[];
}

/** Values of watches, and who looks at them. Instants are the clock's that all servers share. */
export interface WatchStore {
  now(): Promise<number>;
  /**
   * Takes a watch of which nobody has begun the interval that starts then; null: somebody has, or is at it. Whoever
   * takes it has begun it, whatever comes of that. `isAsked`: somebody asks for it now, whatever was begun.
   */
  claim(
    name: string,
    given: { readonly slot: number; readonly leaseMs: number; readonly isAsked?: boolean },
  ): Promise<ClaimedWatch | null>;
  /** False: it was taken over, and nothing changed. */
  keep(token: string, looked: Looked): Promise<boolean>;
  /** What nobody looks at any more. */
  forget(token: string): Promise<void>;
  /** With its answer; null: it is not known. */
  read(name: string): Promise<KeptWatch | null>;
  /** By name; without answers, which may be large. */
  all(): Promise<readonly KeptWatch[]>;
}
