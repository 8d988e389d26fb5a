import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** A database and the two things in which the kinds differ. */
export interface Engine {
  readonly db: Kysely<Tables>;
  /** The clock that decides leases, epoch ms, as part of a statement. */
  clock(): RawBuilder<number>;
  /** Rows are locked one by one; else there is only one writer at a time. */
  readonly locksRows: boolean;
}
