import * as z from 'zod/mini';
import { faultsIn } from './complaint.ts';
import { FALLBACKS, type FILE } from './file.ts';
import type { Configured } from './keys.ts';
import { backupIn, type PlacedBackup } from '../backup/placed.ts';
import { digestsIn, type PlacedDigest } from '../digests/placed.ts';
import { type PlacedReminder, remindersIn } from '../reminders/placed.ts';
import { partsIn, type PlacedPart } from './parts/placed.ts';
import { formerWarning } from '../rules/former.ts';
import { untoldWarning } from '../rules/untold.ts';
import type { WrittenMute } from '../rules/mutes.ts';
import { missingKeys } from './missing.ts';
import { isMap, type LineFault, type Path, type Sheet, Written } from './sheet.ts';
import type { Swallowed } from './swallowed.ts';
import { readSheet } from './yaml.ts';

/** A filter with the lines of its keys. Of a file with faults only its name counts; blank: it has none. */
export interface Placed {
  readonly filter: Configured;
  readonly line: number;
  /** By key; those from `defaults` have their line there. */
  readonly lines: ReadonlyMap<string, number>;
  /** Of each of its alerts. */
  readonly alertLines: readonly number[];
}

/** A mute of a file without faults. */
export interface PlacedMute {
  readonly mute: WrittenMute;
  readonly line: number;
}

const MOST_FAULTS = 50;

interface Document {
  readonly filters: readonly Placed[];
  readonly parts: readonly PlacedPart[];
  readonly mutes: readonly PlacedMute[];
  readonly digests: readonly PlacedDigest[];
  readonly reminders: readonly PlacedReminder[];
  readonly backup: PlacedBackup | null;
  /** What parts the text sets up cannot be known. */
  readonly isUnread: boolean;
  readonly faults: readonly LineFault[];
  readonly warnings: readonly LineFault[];
}

/** Reads the text of one filters file: its filters with the defaults filled in, and all its faults by line. */
export function readDocument(text: string, file: typeof FILE): Document {
  const read = readSheet(text);
  if ('faults' in read) return { ...NOTHING, isUnread: true, faults: capped(read.faults) };
  const { value } = read.sheet;
  if (value === null || (value instanceof Written && value.value === null)) {
    const text = 'is empty; copy config/filters.example.yaml and adapt it';
    return { ...NOTHING, faults: [{ line: 1, text }] };
  }
  return judge(read.sheet, read.swallowed, file);
}

const EMPTY = { filters: [], parts: [], mutes: [], digests: [], reminders: [], backup: null };
const NOTHING: Document = { ...EMPTY, isUnread: false, faults: [], warnings: [] };

function judge(sheet: Sheet, swallowed: Swallowed, file: typeof FILE): Document {
  const { data, error } = z.safeParse(file, sheet.value);
  const issues = error?.issues ?? [];
  const faults = joined(swallowed.faults, faultsIn(sheet, issues, missingKeys(sheet.value)));
  const good =
    faults.length === 0 ? data?.filters?.map((own) => ({ ...FALLBACKS, ...data.defaults, ...own })) : undefined;
  const filters = filtersIn(sheet.value).flatMap((given, index) => {
    if (!isMap(given)) return [];
    const filter = (good?.[index] ?? { ...NONE, name: nameOf(given, index, issues) }) as Configured;
    return [{ filter, ...placeOf(sheet, given, index) }];
  });
  const mutes = (faults.length === 0 ? (data?.mutes ?? []) : []).map((mute, index) => {
    return { mute, line: sheet.lineAt(sheet.offsetOf(['mutes', index]) ?? 0) };
  });
  const said = [...swallowed.warnings, ...formerIn(sheet, data), ...(good === undefined ? [] : untoldIn(filters))];
  const warnings = said.toSorted((a, b) => a.line - b.line);
  const own = faults.length === 0 ? data : undefined;
  const [digests, reminders] = [digestsIn(sheet, own?.digests), remindersIn(sheet, own?.reminders)];
  return {
    ...NOTHING,
    filters,
    parts: partsIn(sheet, data),
    mutes,
    digests,
    reminders,
    backup: backupIn(sheet, own?.backup),
    faults: capped(faults),
    warnings,
  };
}

/** Defaults are said once. */
function untoldIn(filters: readonly Placed[]): readonly LineFault[] {
  const said = filters.flatMap(({ filter, line, lines }): LineFault[] => {
    const text = untoldWarning(filter);
    return text === undefined ? [] : [{ line: lines.get('alerts') ?? line, text: `alerts: ${text}` }];
  });
  return said.filter(({ line }, index) => said.findIndex((it) => it.line === line) === index);
}

/** What is written under a name that a later version does not read. */
function formerIn(sheet: Sheet, data: z.output<typeof FILE> | undefined): readonly LineFault[] {
  const places = [['defaults'], ...(data?.filters ?? []).map((_, index) => ['filters', index])] as const;
  return [data?.defaults, ...(data?.filters ?? [])].flatMap((keys, at) => {
    if (keys?.alert === undefined) return [];
    const line = sheet.lineAt(sheet.offsetOf([...places[at]!, 'alert']) ?? 0);
    return [{ line, text: `alert: ${formerWarning(keys.alert)}` }];
  });
}

/** By line. What is wrong with a text of which something is lost mostly follows from that. */
function joined(lost: readonly LineFault[], others: readonly LineFault[]): readonly LineFault[] {
  const keyOf = ({ line, text }: LineFault) => `${line} ${text.split(':', 1)[0]}`;
  const said = new Set(lost.map(keyOf));
  return [...lost, ...others.filter((it) => !said.has(keyOf(it)))].toSorted((a, b) => a.line - b.line);
}

const NONE = { ...FALLBACKS, projects: [] };

/** The name of a filter in a file with faults: it is taken. */
function nameOf(
  { name }: Readonly<Record<string, unknown>>,
  index: number,
  issues: readonly z.core.$ZodIssue[],
): string {
  const wrong = issues.some(({ path }) => path[0] === 'filters' && path[1] === index && path[2] === 'name');
  return typeof name === 'string' && !wrong ? name : '';
}

function filtersIn(file: unknown): readonly unknown[] {
  return isMap(file) && Array.isArray(file['filters']) ? file['filters'] : [];
}

function placeOf(sheet: Sheet, own: object, index: number): Omit<Placed, 'filter'> {
  const lineOf = (path: Path) => sheet.lineAt(sheet.offsetOf(path) ?? 0);
  const defaults = isMap(sheet.value) && isMap(sheet.value['defaults']) ? sheet.value['defaults'] : {};
  const lines = [
    ...Object.keys(defaults).map((key) => [key, lineOf(['defaults', key])] as const),
    ...Object.keys(own).map((key) => [key, lineOf(['filters', index, key])] as const),
  ];
  const alertsAt = Object.hasOwn(own, 'alerts') ? ['filters', index, 'alerts'] : ['defaults', 'alerts'];
  const { alerts = [] } = { ...defaults, ...own } as { readonly alerts?: unknown };
  return {
    line: lineOf(['filters', index]),
    lines: new Map(lines),
    alertLines: Array.isArray(alerts) ? alerts.map((_, at) => lineOf([...alertsAt, at])) : [],
  };
}

function capped(faults: readonly LineFault[]): readonly LineFault[] {
  const next = faults[MOST_FAULTS];
  if (next === undefined) return faults;
  const more = `and ${faults.length - MOST_FAULTS} more faults from here on; correct those above first`;
  return [...faults.slice(0, MOST_FAULTS), { line: next.line, text: more }];
}
