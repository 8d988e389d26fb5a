import type { LocalDay } from '../../model/people/sheet.ts';

/** What somebody is told on a day. */
export interface ToTell {
  readonly channel: string;
  /** For people: a person's name; null: the channel is no person's. */
  readonly who: string | null;
  /** Plain sentences. */
  readonly lines: readonly string[];
}

/** What a reminder comes to on a day. */
export interface Reminded {
  readonly tell: readonly ToTell[];
  /** What the admin is to know, a sentence each: who is not told, and why. */
  readonly faults: readonly string[];
  /** Days before that were missed, and that this stands for as well. */
  readonly missed?: readonly LocalDay[];
}

export const NOTHING: Reminded = { tell: [], faults: [] };

/** One message a channel, however many things it is told of. */
export function joined(all: readonly ToTell[]): readonly ToTell[] {
  return [...Map.groupBy(all, ({ channel }) => channel).values()].map((some) => ({
    ...some[0]!,
    lines: [...new Set(some.flatMap(({ lines }) => lines))],
  }));
}
