import { DUTY, PERSON_OF_SHEET } from '../../core/model/reminders/reminder-plan.ts';
import type { FilterSet } from '../filters/set/assemble.ts';

type Files = Pick<FilterSet, 'files'>;

/** Whether it means whose turn something is, or somebody of a sheet: which there are, the sheets say. */
export function isFoundLater(name: string, set: Files): boolean {
  return isDuty(name, set) || isOfSheet(name, set);
}

function isDuty(name: string, { files }: Files): boolean {
  if (!name.startsWith(DUTY) || name.length === DUTY.length) return false;
  return files.some(({ reminders }) => reminders.some(({ named }) => named.duty.length > 0));
}

/** Whether it means somebody of a sheet of persons. */
export function isOfSheet(name: string, set: Files): boolean {
  return name.startsWith(PERSON_OF_SHEET) && name.length > PERSON_OF_SHEET.length && sheetsOf(set).length > 0;
}

/** How somebody of a sheet would be named, for people; '': there is no sheet of persons, or it is named so. */
export function ofSheetHint(name: string, set: Files): string {
  const [sheet] = sheetsOf(set);
  return sheet === undefined || name.startsWith(PERSON_OF_SHEET)
    ? ''
    : `write ${PERSON_OF_SHEET}${name} for somebody of the sheet ${sheet}; `;
}

function sheetsOf({ files }: Files): readonly string[] {
  return files.flatMap(({ parts }) => parts.flatMap(({ peopleSheet }) => peopleSheet ?? []));
}
