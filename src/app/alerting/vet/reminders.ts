import { judgeReminders } from '../../../config/reminders/judge.ts';
import { lineIn } from '../../../config/reminders/placed.ts';
import { type FilterFile, type FilterSet, settledDigests, withFaults } from '../../../config/filters/load.ts';
import type { Tellable } from '../../../config/filters/parts/tells.ts';
import type { LineFault } from '../../../config/filters/sheet.ts';

/** With what is wrong with reminders. A file that is left out takes its people along, so the others are judged anew. */
export function vetReminders(
  given: FilterSet,
  tellable: (set: FilterSet) => Tellable,
  { hasLedger }: { readonly hasLedger: boolean },
): FilterSet {
  const isPlain = ({ reminders, parts }: FilterFile): boolean =>
    reminders.length === 0 && parts.every(({ peopleSheet }) => peopleSheet === undefined);
  if (given.files.every(isPlain)) return given;
  const kept = hasLedger ? given : withFaults(given, withoutLedger);
  return settledDigests(kept, (set) => ({
    ...judgeReminders(set, tellable(set)),
    held: set.channels.held,
    admin: set.channels.admin,
  }));
}

function withoutLedger({ reminders }: FilterFile): readonly LineFault[] {
  return reminders.map((reminder) => ({
    line: lineIn(reminder, 'at'),
    text:
      `reminders: ${reminder.name} needs a ledger: without one nobody knows what was told; ` +
      'set LEDGER_URL, such as sqlite:./ledger.db',
  }));
}
