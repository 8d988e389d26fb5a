import { sql } from './ledger/index.ts';

export { withFallback } from './fallback/with-fallback.ts';
export { memoryLedger } from './memory/index.ts';
export { noLedger } from './memory/no-ledger.ts';

/** Every ledger that servers can share. Without any of them the process remembers by itself: `memoryLedger`. */
export const ledgers = { sql } as const;
