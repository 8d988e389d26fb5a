import { type RawBuilder, sql } from 'kysely';
import type { ClaimKey } from '../../core/model/receipt.ts';
import { partsOf } from '../../core/model/window.ts';
import type { Columns, Engine } from '../database/engine.ts';
import { withGiven } from '../database/given-rows.ts';

export function claimOf({ reportId, revision, sink }: ClaimKey): string {
  return JSON.stringify([reportId, revision, sink]);
}

/** A claim that may be new: its columns that follow from its key, and what is kept for sending, as JSON. */
export interface NewClaim {
  /** Of the claim; `name` as in all that a statement is given. */
  readonly name: string;
  readonly report_id: string;
  readonly revision: number;
  readonly sink: string;
  readonly filter: string | null;
  readonly window_start: number | null;
  readonly items: string | null;
}

const NEW_CLAIM: Columns<NewClaim> = {
  name: 'text',
  report_id: 'text',
  revision: 'integer',
  sink: 'text',
  filter: 'text',
  window_start: 'bigint',
  items: 'text',
};

export function newClaim(key: ClaimKey, items: string | null): NewClaim {
  const parts = partsOf(key.reportId);
  return {
    name: claimOf(key),
    report_id: key.reportId,
    revision: key.revision,
    sink: key.sink,
    filter: parts?.filter ?? null,
    window_start: parts?.start ?? null,
    items,
  };
}

/** Who gets the claims that are new. */
export interface Claimant {
  /** One serves a whole call: who holds a row is who wrote the row's token. '' for a claim that nobody holds. */
  readonly token: string;
  /** Name of the server. */
  readonly server: string;
  /** By the clock that decides leases, as it stands at each statement. */
  leaseUntil(): RawBuilder<number>;
}

const COLUMNS = ['claim', 'report_id', 'revision', 'sink', 'filter', 'window_start', 'items'] as const;

/**
 * The names of the claims that were new. NOTE: in one order on all servers: who inserts a report's first row gets its
 * other sinks too, so that it is read once.
 */
export async function insertClaims(
  engine: Engine,
  claims: readonly NewClaim[],
  { token, server, leaseUntil }: Claimant,
): Promise<readonly string[]> {
  const inserted = await withGiven<NewClaim>(engine, NEW_CLAIM, claims)
    .insertInto('sentry_monitor_claims')
    .columns([...COLUMNS, 'created_at', 'token', 'server', 'lease_until', 'done'])
    .expression((query) =>
      query
        .selectFrom('given')
        .select(['name', 'report_id', 'revision', 'sink', 'filter', 'window_start', 'items'])
        .select(({ lit }) => [
          engine.clock().as('created_at'),
          text(token).as('token'),
          text(server).as('server'),
          leaseUntil().as('lease_until'),
          lit(0).as('done'),
        ])
        .where(sql<boolean>`true`)
        .orderBy('name'),
    )
    .onConflict((conflict) => conflict.column('claim').doNothing())
    .returning('claim')
    .execute();
  return inserted.map(({ claim }) => claim);
}

function text(value: string): RawBuilder<string> {
  return sql<string>`cast(${value} as text)`;
}
