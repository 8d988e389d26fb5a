import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Filter } from '../../core/model/filter.ts';
import { quote } from '../formats.ts';
import { isKey, type Key, KEY_NAMES, KEYS } from './keys.ts';
import { suggest } from './suggest.ts';
import { type Entry, type LineFault, readSheet, type Sheet } from './yaml.ts';

/** A filter with the lines of its keys. It may be incomplete when its file has faults. */
export interface Placed {
  readonly filter: Filter;
  readonly line: number;
  /** By key; those from `defaults` have their line there. */
  readonly lines: ReadonlyMap<string, number>;
}

type Note = (fault: LineFault) => void;

/** What was written for the keys of a filter or of `defaults`; the value is undefined where it is at fault. */
type Keyed = ReadonlyMap<Key, { readonly value: unknown; readonly line: number }>;

const MOST_FAULTS = 50;
const TOP = ['defaults', 'filters'];
const NONE: Filter = {
  name: '',
  projects: [],
  environments: [],
  levels: [],
  searchTerms: [],
  exclude: [],
  tags: [],
  top: 25,
  labels: {},
};

/** Reads the text of one filters file: its filters with the defaults filled in, and all its faults by line. */
export function readDocument(text: string): {
  readonly filters: readonly Placed[];
  readonly faults: readonly LineFault[];
} {
  const sheet = readSheet(text);
  if ('faults' in sheet) return { filters: [], faults: capped(sheet.faults) };
  const faults: LineFault[] = [];
  const filters = filtersIn(sheet, (fault) => faults.push(fault));
  return { filters, faults: capped(faults.toSorted((a, b) => a.line - b.line)) };
}

function capped(faults: readonly LineFault[]): readonly LineFault[] {
  const next = faults[MOST_FAULTS];
  if (next === undefined) return faults;
  const more = `and ${faults.length - MOST_FAULTS} more faults from here on; correct those above first`;
  return [...faults.slice(0, MOST_FAULTS), { line: next.line, text: more }];
}

function filtersIn(sheet: Sheet, note: Note): readonly Placed[] {
  const { root } = sheet;
  if (root === null || isNull(root)) {
    note({ line: 1, text: 'is empty; copy config/filters.example.yaml and adapt it' });
    return [];
  }
  if (!isMap(root)) {
    note({
      line: sheet.lineOf(root),
      text: 'must be a map with the key filters; see config/filters.example.yaml for the shape',
    });
    return [];
  }
  const entries = sheet.entries(root, note);
  for (const { key, line } of entries) {
    if (TOP.includes(key)) continue;
    note({ line, text: `${quote(key)} is not a key of this file; ${suggest(key, TOP)}` });
  }
  const defaults = defaultsIn(
    entries.find(({ key }) => key === 'defaults'),
    sheet,
    note,
  );
  return listed(
    entries.find(({ key }) => key === 'filters'),
    note,
  ).flatMap((item) => place(item, defaults, sheet, note) ?? []);
}

function defaultsIn(entry: Entry | undefined, sheet: Sheet, note: Note): Keyed {
  if (entry === undefined) return new Map();
  if (isMap(entry.value)) {
    const entries = sheet.entries(entry.value, note);
    const name = entries.find(({ key }) => key === 'name');
    if (name !== undefined) note({ line: name.line, text: 'name cannot be a default; give each filter its own' });
    return keyed(
      entries.filter((one) => one !== name),
      sheet,
      note,
    );
  }
  note({ line: entry.line, text: 'defaults must be a map of keys of filters; write { top: 25 } or remove it' });
  return new Map();
}

function listed(entry: Entry | undefined, note: Note): readonly Node[] {
  if (isSeq(entry?.value) && entry.value.items.length > 0) return entry.value.items as Node[];
  const fault =
    entry === undefined
      ? 'filters is missing'
      : `filters must be a list${isSeq(entry.value) ? ' with at least one filter' : ''}`;
  note({
    line: entry?.line ?? 1,
    text: `${fault}; write filters: with an entry such as - { name: acme-web, projects: [acme-web] }`,
  });
  return [];
}

function place(item: Node, defaults: Keyed, sheet: Sheet, note: Note): Placed | undefined {
  const node = sheet.follow(item);
  const line = sheet.lineOf(item);
  if (!isMap(node)) {
    note({ line, text: 'a filter must be a map of keys; write name: and projects: under the hyphen' });
    return undefined;
  }
  const keys = new Map([...defaults, ...keyed(sheet.entries(node, note), sheet, note)]);
  if (!keys.has('name')) note({ line, text: 'name is missing; give the filter one' });
  if (!keys.has('projects')) note({ line, text: 'projects is missing; list at least one project slug' });
  const values = [...keys].map(([key, { value }]) => [key, value]).filter(([, value]) => value !== undefined);
  return {
    filter: { ...NONE, ...(Object.fromEntries(values) as Partial<Filter>) },
    line,
    lines: new Map([...keys].map(([key, at]) => [key, at.line])),
  };
}

function keyed(entries: readonly Entry[], sheet: Sheet, note: Note): Keyed {
  const found = new Map<Key, { value: unknown; line: number }>();
  for (const { key, line, value } of entries) {
    if (isKey(key)) found.set(key, { value: read(key, line, value, sheet, note), line });
    else note({ line, text: `${quote(key)} is not a key of a filter; ${suggest(key, KEY_NAMES)}` });
  }
  return found;
}

function read(key: Key, line: number, value: Node | null, sheet: Sheet, note: Note): unknown {
  function report(text: string, at: Node | number = line): void {
    note({ line: typeof at === 'number' ? at : sheet.lineOf(at), text: `${key}: ${text}` });
  }
  if (value !== null && !isNull(value)) return KEYS[key](value, report, sheet);
  report('has no value; write one or remove the key');
  return undefined;
}

function isNull(node: Node): boolean {
  return isScalar(node) && node.value === null;
}
