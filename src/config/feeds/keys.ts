import { type Filled, type Key } from '../filters/shape.ts';
import { WATCHED } from '../watches/keys.ts';

/** What every sheet and every calendar may say, wherever it is. */
export const FED = {
  every: { ...WATCHED.every, doc: 'how often it is read, once over all servers; else 30m' },
} satisfies Record<string, Key>;

/** As it is written. */
export type WrittenFeed = Filled<typeof FED>;
