import { sql } from './ledger/index.ts';

/** Every shared ledger there is. Without any of them the process remembers by itself: see memory/. */
export const ledgers = { sql } as const;
