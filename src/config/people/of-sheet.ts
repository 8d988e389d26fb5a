import * as z from 'zod/mini';
import type { Sheet, SheetRow } from '../../core/model/people/sheet.ts';
import type { Person } from '../../core/model/reminders/person.ts';
import { dayIn } from '../../core/people/sheets/day-in.ts';
import { untilGap } from '../../core/people/sheets/until-gap.ts';
import { taskName } from '../../core/reminders/duties/turns.ts';
import type { FoundPart } from '../filters/load.ts';
import { quote } from '../formats.ts';
import { groupFault, PERSON, PERSON_KEYS, type WrittenPerson } from './keys.ts';
import { type PeopleSheet, personOf, REACHING } from './reaching.ts';

/** A sheet of persons as it was read last. */
export type ReadPeopleSheet = PeopleSheet & { readonly found: Sheet };

/** Somebody of a sheet. */
export interface SheetPerson {
  readonly key: string;
  readonly sheet: string;
  readonly row: number;
  /** Of a row that cannot be used there is nothing but its name: whoever is meant by it is told by no channel. */
  readonly part: FoundPart;
}

/** `faults`: what of the sheets cannot be used, a line each, for people. */
export interface SheetPeople {
  readonly people: readonly SheetPerson[];
  readonly faults: readonly { readonly sheet: string; readonly text: string }[];
}

/**
 * The persons of all sheets. Who is written in a file wins over a row of the same name, and rows of one name reach
 * nobody. What stands below the first empty row is no person.
 */
export function peopleOfSheets(sheets: readonly ReadPeopleSheet[], written: readonly Person[]): SheetPeople {
  const taken = new Set(written.flatMap(({ key, name }) => [key, keyOf(name)]));
  const isNamed = ({ found }: ReadPeopleSheet): boolean => found.columns.includes('name');
  const read = sheets.filter(isNamed).flatMap((of) => untilGap(of.found).map((row) => readRow(row, of)));
  const rows = read.filter(({ key }) => !taken.has(key));
  const named = rows.filter(({ key }) => key !== '');
  const twins = [...Map.groupBy(named, ({ key }) => key).values()].filter((all) => all.length > 1);
  const lost = new Set([...rows.filter(({ fault }) => fault !== undefined), ...twins.flat()]);
  const nameless = sheets.filter((of) => !isNamed(of));
  return {
    people: named.map((row) => (lost.has(row) ? unusable(row) : row)),
    faults: [
      ...nameless.map(({ sheet }) => ({ sheet, text: 'it has no column Name; write one into its first row' })),
      ...rows.flatMap(({ sheet, row, fault }) => (fault === undefined ? [] : { sheet, text: `row ${row}: ${fault}` })),
      ...twins.map(twinFault),
    ],
  };
}

type Row = SheetPerson & { readonly fault: string | undefined };

/** The person; `there`: names of channels that were made of the row. */
export function personOfSheet({ key, part }: SheetPerson, there: ReadonlySet<string>): Person {
  return { ...personOf(part, there), key };
}

/** Names that its channels have. */
export function channelsOfSheet({ part: { name, texts } }: SheetPerson): readonly string[] {
  return REACHING.filter((vendor) => texts[vendor] !== undefined).map((vendor) => `${name}/${vendor}`);
}

function keyOf(name: string): string {
  return taskName(name.normalize('NFC'));
}

function readRow({ row, cells }: SheetRow, { sheet, file, line, found }: ReadPeopleSheet): Row {
  const { name = '' } = cells;
  const key = keyOf(name);
  const own = Object.fromEntries(
    Object.entries(cells).flatMap(([column, cell]): [string, string][] => {
      if (!Object.hasOwn(PERSON_KEYS, column)) return [];
      return [[column, column === 'birthday' ? (dayIn(cell, found.dates) ?? cell) : cell]];
    }),
  );
  const { data, error } = z.safeParse(PERSON, own);
  const person: WrittenPerson = data ?? { name: name.slice(0, 100) };
  const place = { section: 'channels', name: `${sheet}.${key}`, file, line, lines: new Map<string, number>() } as const;
  const [wrong] = error?.issues ?? [];
  const ofKey = key === '' ? 'no name stands there' : groupFault(key);
  const fault = ofKey ?? (wrong && `${String(wrong.path[0])}: ${wrong.message}`);
  return { key, sheet, row, fault, part: { ...place, texts: own, person } };
}

function unusable({ part, ...row }: SheetPerson): SheetPerson {
  return { ...row, part: { ...part, texts: {}, person: { name: part.person!.name } } };
}

function twinFault(all: readonly Row[]): SheetPeople['faults'][number] {
  const [first, ...others] = all.map(({ sheet, row }) => `row ${row} of ${sheet}`);
  const who = quote(all[0]!.part.person!.name!);
  return {
    sheet: all[0]!.sheet,
    text: `${who} is in ${first!} and in ${others.join(', ')}; nobody is told by that name`,
  };
}
