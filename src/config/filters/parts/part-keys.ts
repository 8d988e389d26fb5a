import type { Format } from '../../formats.ts';
import { type Schema, settingsOf, type Variable, variablesOf } from '../../schema.ts';

/** A key of a source, sink or channel in a file: the same setting as a variable of the environment. */
export interface PartKey extends Variable {
  readonly key: string;
  readonly read: Format<unknown>;
  /** What holds where it is not written, as a file would have it; null: nothing. */
  readonly fallback: unknown;
}

/** The kinds of parts a file may set up, by the name of their section. */
export const SECTIONS = {
  sources: 'source',
  sinks: 'sink',
  channels: 'channel',
  intakes: 'intake',
  watches: 'watch',
  sheets: 'sheet',
  calendars: 'calendar',
  tickets: 'tracker',
} as const;
export type Section = keyof typeof SECTIONS;

/** There is one of each vendor, under its name; parts of other sections have names of their own. */
export const TICKETS = 'tickets' satisfies Section;

/** What a tracker is called among parts: no other part can have that name. */
export function trackerName(vendor: string): string {
  return `${TICKETS}.${vendor}`;
}

/** What files may say of sources, sinks and channels. */
export interface PartKinds {
  /** By vendor: one of its keys has the vendor's name, and says which vendor it is. */
  readonly vendors: Readonly<Record<Section, Readonly<Record<string, readonly PartKey[]>>>>;
  /** The program's own variables: keys are not taken from them. */
  readonly ownVariables: readonly string[];
  /** Names of sources and sinks that the environment sets up, and others that are taken. */
  readonly takenNames: readonly string[];
}

/** What a file may say of an instance of the part with these settings. */
export function partKeysOf<S>(schema: Schema<S>): readonly PartKey[] {
  const variables = variablesOf(schema);
  return settingsOf(schema).map(([name, { key = name, format, default: fallback }], index) => ({
    ...variables[index]!,
    key,
    read: format,
    fallback,
  }));
}
