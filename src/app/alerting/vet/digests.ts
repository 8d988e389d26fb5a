import { judgeDigests } from '../../../config/digests/judge.ts';
import { lineIn } from '../../../config/digests/placed.ts';
import { type FilterFile, type FilterSet, withDigests, withFaults } from '../../../config/filters/load.ts';
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
  let set = hasLedger ? given : withFaults(given, withoutLedger);
  for (let before = -1; before !== goodFiles(set);) {
    before = goodFiles(set);
    set = withDigests(set, judgeDigests(set, tellable(set), admin));
  }
  return set;
}

function goodFiles({ files }: FilterSet): number {
  return files.filter(({ faults }) => faults.length === 0).length;
}

function withoutLedger({ digests }: FilterFile): readonly LineFault[] {
  return digests.map((digest) => ({
    line: lineIn(digest, 'name'),
    text:
      `${digest.said} needs a ledger: without one nobody knows what came, or what was told; ` +
      'set LEDGER_URL, such as sqlite:./ledger.db',
  }));
}
