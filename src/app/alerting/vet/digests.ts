import { judgeDigests } from '../../../config/digests/judge.ts';
import { lineIn } from '../../../config/digests/placed.ts';
import { type FilterFile, type FilterSet, settledDigests, withFaults } from '../../../config/filters/load.ts';
import type { Tellable } from '../../../config/filters/parts/tells.ts';
import type { LineFault } from '../../../config/filters/sheet.ts';

/**
 * With what is wrong with digests. A file that is left out for one takes its filters and channels along, so the others
 * are judged anew.
 */
export function vetDigests(
  given: FilterSet,
  tellable: (set: FilterSet) => Tellable,
  { hasLedger, admin }: { readonly hasLedger: boolean; readonly admin: string | null | undefined },
): FilterSet {
  if (given.files.every(({ digests }) => digests.length === 0)) return given;
  const kept = hasLedger ? given : withFaults(given, withoutLedger);
  return settledDigests(kept, (set) => judgeDigests(set, tellable(set), admin));
}

function withoutLedger({ digests }: FilterFile): readonly LineFault[] {
  return digests.map((digest) => ({
    line: lineIn(digest, 'name'),
    text:
      `${digest.said} needs a ledger: without one nobody knows what came, or what was told; ` +
      'set LEDGER_URL, such as sqlite:./ledger.db',
  }));
}
