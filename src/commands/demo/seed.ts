import { withLedger } from '../../app/by-hand/with-ledger.ts';
import type { World } from '../../app/world.ts';
import type { DigestKey, DigestPlace, KnownDigest } from '../../core/ports/alerting/digest-store.ts';

/** What a ledger knows of digests that stood in the files before the demo. */
export interface Seed {
  readonly rows: readonly KnownDigest[];
  /** Of one of what was stored: what it has told. */
  readonly begun?: { readonly key: DigestKey; readonly place: DigestPlace };
}

/** Writes it into the demo's ledger. */
export async function sow({ rows, begun }: Seed, env: Readonly<Record<string, string>>, world: World): Promise<void> {
  await withLedger('the demo', { ...world, env }, async ({ program: { ledger } }) => {
    await ledger.digests?.put(rows);
    if (begun !== undefined) await ledger.digests?.begin(begun.key, begun.place);
  });
}
