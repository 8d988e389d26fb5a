import { POLICY, type WrittenPolicy } from '../../rules/policy.ts';
import { SHEET_OF, type WrittenPerson } from '../../people/keys.ts';
import { FED, type WrittenFeed } from '../../feeds/keys.ts';
import { WATCHED, type WrittenWatch } from '../../watches/keys.ts';
import { isMap, type Path, type Sheet, type Spot, Written } from '../sheet.ts';
import { type Section, SECTIONS, TICKETS, trackerName } from './part-keys.ts';

/**
 * A source, sink or channel that a file sets up, with the lines of its keys. Of a file with faults its name counts,
 * and which variables it names.
 */
export interface PlacedPart {
  readonly section: Section;
  readonly name: string;
  readonly line: number;
  readonly lines: ReadonlyMap<string, number>;
  /** Of an intake: where the values of its keys, and of the entries of lists, stand. */
  readonly spots?: ReadonlyMap<string, Spot>;
  /** By key, as the environment would have it; a key that is a secret has the name of its variable. */
  readonly texts: Readonly<Record<string, string>>;
  /** Of a channel: how it is used. */
  readonly policy?: WrittenPolicy;
  /** Of a watch: how often it is looked at, and what is told of it. */
  readonly watch?: WrittenWatch;
  /** Of a sheet or a calendar: how often it is read. */
  readonly feed?: WrittenFeed;
  /** Of a watch. */
  readonly alertLines?: readonly number[];
  /** Of somebody who may be told, by a channel for each way that reaches them. */
  readonly person?: WrittenPerson;
  /** Name of a sheet of persons, which stands for all of them: it is no channel itself. */
  readonly peopleSheet?: string;
}

/** `data`: the file as it was read, where that went well. */
export function partsIn(sheet: Sheet, data: unknown): readonly PlacedPart[] {
  const file = sheet.value;
  if (!isMap(file)) return [];
  const ofSections = (Object.keys(SECTIONS) as Section[]).flatMap((section) => {
    const written = file[section];
    if (!isMap(written)) return [];
    return Object.keys(written).map((name) => {
      const texts = data === undefined ? textsIn(written[name]) : inMap(inMap(data, section), name);
      return placed(sheet, section, name, texts as PlacedPart['texts']);
    });
  });
  return [...ofSections, ...peopleIn(sheet, file['people'], data === undefined ? data : inMap(data, 'people'))];
}

/** They are channels: alerts may name them. */
function peopleIn(sheet: Sheet, written: unknown, data: unknown): readonly PlacedPart[] {
  if (!isMap(written)) return [];
  return Object.keys(written).map((name) => {
    const lineOf = (...path: readonly string[]): number => sheet.lineAt(sheet.offsetOf(['people', name, ...path]) ?? 0);
    const person = inMap(data, name) as WrittenPerson;
    const keys = Object.keys(isMap(written[name]) ? written[name] : {});
    const lines = new Map(keys.map((key) => [key, lineOf(key)]));
    if (name === SHEET_OF) return sheetOfPeople(written[name], lineOf());
    return {
      section: 'channels',
      name,
      line: lineOf(),
      lines,
      texts: textsIn(data === undefined ? written[name] : person),
      person,
    };
  });
}

function sheetOfPeople(written: unknown, line: number): PlacedPart {
  const peopleSheet = written instanceof Written ? written.text : String(written);
  const name = `people.${peopleSheet}`;
  return { section: 'channels', name, line, lines: new Map(), texts: {}, person: {}, peopleSheet };
}

/** Of the lines of a part: an entry of a list. */
export function entryKey(key: string, index: number): string {
  return `${key}[${index}]`;
}

/** Of its keys, and of the entries of lists. */
function linesIn(sheet: Sheet, section: Section, name: string, keys: readonly string[]): ReadonlyMap<string, number> {
  const lineOf = (...path: Path): number => sheet.lineAt(sheet.offsetOf([section, name, ...path]) ?? 0);
  const written = inMap(inMap(sheet.value, section), name);
  const entries = keys.flatMap((key) => {
    const value = inMap(written, key);
    if (!Array.isArray(value)) return [];
    return value.map((_, index): [string, number] => [entryKey(key, index), lineOf(key, index)]);
  });
  return new Map([...keys.map((key): [string, number] => [key, lineOf(key)]), ...entries]);
}

/** `keys`: as `linesIn` has them. */
function spotsIn(sheet: Sheet, path: Path, keys: readonly string[]): ReadonlyMap<string, Spot> {
  return new Map(
    keys.flatMap((key): [string, Spot][] => {
      const [, list, index] = /^(.*)\[(\d+)\]$/.exec(key) ?? [];
      const spot = sheet.spotOf([...path, ...(list === undefined ? [key] : [list, Number(index)])]);
      return spot === undefined ? [] : [[key, spot]];
    }),
  );
}

function placed(sheet: Sheet, section: Section, name: string, texts: PlacedPart['texts']): PlacedPart {
  const lineOf = (...path: readonly string[]): number => sheet.lineAt(sheet.offsetOf([section, name, ...path]) ?? 0);
  const lines = linesIn(sheet, section, name, Object.keys(texts));
  const part = { section, name: section === TICKETS ? trackerName(name) : name, line: lineOf(), lines };
  if (section === 'channels') {
    const [policy, own] = apart(texts, POLICY);
    return { ...part, texts: own, policy };
  }
  if (section === 'sheets' || section === 'calendars') {
    const [feed, own] = apart(texts, FED);
    return { ...part, texts: own, feed };
  }
  if (section === 'intakes') return { ...part, texts, spots: spotsIn(sheet, [section, name], [...lines.keys()]) };
  if (section !== 'watches') return { ...part, texts };
  const [watch, own] = apart(texts, WATCHED);
  const { alerts } = watch as { readonly alerts?: unknown };
  const alertLines = Array.isArray(alerts)
    ? alerts.map((_, at) => sheet.lineAt(sheet.offsetOf([section, name, 'alerts', at]) ?? 0))
    : [];
  return { ...part, texts: own, watch, alertLines };
}

/** What is said of every part of a kind, and its vendor's settings. */
function apart(texts: PlacedPart['texts'], keys: object): readonly [PlacedPart['texts'], PlacedPart['texts']] {
  const all = Object.entries(texts);
  const isShared = ([key]: readonly [string, unknown]): boolean => Object.hasOwn(keys, key);
  return [Object.fromEntries(all.filter(isShared)), Object.fromEntries(all.filter((entry) => !isShared(entry)))];
}

/** Of a file with faults: the keys that have a plain text. */
function textsIn(part: unknown): PlacedPart['texts'] {
  const entries = isMap(part) ? Object.entries(part) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** What a map holds under a key; an empty map where there is nothing. */
function inMap(map: unknown, key: string): unknown {
  return (isMap(map) ? map[key] : undefined) ?? {};
}
