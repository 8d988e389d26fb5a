import { GROUPS } from '../../core/model/reminders/reminder-plan.ts';
import { channelJudge, type JudgedDigests, type JudgeName, remedy, type Wrong } from '../digests/judge.ts';
import type { Tellable } from '../filters/parts/tells.ts';
import type { FilterFile, FilterSet } from '../filters/set/assemble.ts';
import type { LineFault } from '../filters/sheet.ts';
import { quote } from '../formats.ts';
import { unreachable } from '../people/reaching.ts';
import { isOfSheet, ofSheetHint } from './found-later.ts';
import { lineIn, type Naming, NAMING } from './placed.ts';

/** What is wrong with the channels, persons, sheets and calendars that reminders name. */
export type JudgedReminders = Pick<JudgedDigests, 'faults' | 'losses' | 'lost'>;

/** Of a file with other faults its wrong names alone. */
export function judgeReminders(set: FilterSet, tellable: Tellable): JudgedReminders {
  const [faults, losses] = [new Map<FilterFile, LineFault[]>(), new Map<FilterFile, LineFault[]>()];
  const lost = new Set<string>();
  const judges = judgesOf(set, tellable);
  const add = (to: Map<FilterFile, LineFault[]>, file: FilterFile, fault: LineFault): void =>
    void to.set(file, [...(to.get(file) ?? []), fault]);
  for (const file of set.files) {
    for (const { peopleSheet: sheet, line } of file.parts) {
      const wrong = sheet === undefined ? undefined : judges.duty(sheet);
      if (wrong === undefined || (wrong.isLost && file.faults.length > 0)) continue;
      add(wrong.isLost ? losses : faults, file, { line, text: `people: sheet: ${quote(sheet!)} ${wrong.text}` });
    }
    for (const reminder of file.reminders)
      for (const key of NAMING)
        for (const name of reminder.named[key]) {
          const wrong = judges[key](name);
          if (wrong === undefined || (wrong.isLost && file.faults.length > 0)) continue;
          const text = `reminders: ${reminder.name}: ${key}: ${quote(name)} ${wrong.text}`;
          add(wrong.isLost ? losses : faults, file, { line: lineIn(reminder, key), text });
          if (wrong.isLost && key === 'tell') lost.add(name);
        }
  }
  return { faults, losses, lost };
}

function judgesOf(set: FilterSet, tellable: Tellable): Readonly<Record<Naming, JudgeName>> {
  return {
    tell: channelJudge(set, tellable, 'a reminder'),
    to: personJudge(set),
    duty: partJudge(set, 'sheets', 'sheet'),
    event: partJudge(set, 'calendars', 'calendar'),
    calendar: partJudge(set, 'calendars', 'calendar'),
  };
}

function personJudge(set: FilterSet): JudgeName {
  const all = set.files.flatMap(({ parts }) =>
    parts.flatMap(({ person, name, peopleSheet }) => (person === undefined || peopleSheet !== undefined ? [] : name)),
  );
  const known = new Set<string>([...set.people.map(({ key }) => key), ...GROUPS]);
  return (name) => {
    if (known.has(name) || isOfSheet(name, set)) return undefined;
    if (all.includes(name)) return lost('stands in a file that has faults');
    if (set.isUnread) return lost('is not known, and a file that may have it cannot be read');
    const others = remedy(name, [...new Set([...all, ...known])], 'add it under people:');
    return { text: `is no person; ${ofSheetHint(name, set)}${others}`, isLost: false };
  };
}

function partJudge(set: FilterSet, section: string, what: string): JudgeName {
  const namesIn = (parts: FilterSet['parts']): readonly string[] =>
    parts.filter((part) => String(part.section) === section).map(({ name }) => name);
  const [known, broken] = [namesIn(set.parts), namesIn(set.lostParts)];
  // A file that is judged again, because it has a fault now, is told the same.
  const all = [...known, ...broken].toSorted();
  return (name) => {
    if (known.includes(name)) return undefined;
    if (broken.includes(name)) return lost('is set up in a file that has faults');
    if (set.isUnread) return lost('is not known, and a file that may set it up cannot be read');
    return { text: `is no ${what}; ${remedy(name, all, `set it up under ${section}:`)}`, isLost: false };
  };
}

function lost(text: string): Wrong {
  return { text: `${text}; nothing is told by it until that is mended`, isLost: true };
}

/** Ways to tell persons that cannot be used. */
export function unreachablePeople(set: FilterSet): readonly { part: string; key: string; text: string }[] {
  const good = set.files.filter(({ faults }) => faults.length === 0);
  const all = good.flatMap(({ parts }) => parts);
  return all.flatMap((part) => unreachable(part, all).map((it) => ({ part: part.name, ...it })));
}
