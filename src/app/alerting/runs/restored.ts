import type { RestoreMark, Restores } from '../../../core/ports/backup/restores.ts';

/** From which copy the ledger was restored. Nobody restores one that a server has open, so `null` stays. */
export function restoredIn(restores: Pick<Restores, 'mark'> | undefined): () => Promise<RestoreMark | null> {
  let isNever = restores === undefined;
  return async () => {
    if (isNever) return null;
    const mark = await restores!.mark();
    isNever = mark === null;
    return mark;
  };
}
