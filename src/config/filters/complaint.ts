import type * as z from 'zod/mini';
import { quote } from '../formats.ts';
import type { Objection } from './missing.ts';
import { isMap, type LineFault, type Path, type Sheet } from './sheet.ts';

export type { Complaint, Judgement } from '../complaint.ts';

type Issue = z.core.$ZodIssue;

interface Found {
  readonly offset: number | undefined;
  readonly text: string;
}

/** Brings what was found back to the lines of the file, in its order. */
export function faultsIn(
  sheet: Sheet,
  issues: readonly Issue[],
  objections: readonly Objection[],
): readonly LineFault[] {
  const first = firsts(issues);
  const found = [
    ...[...first.values()].map((issue): Found => ({ offset: sheet.offsetOf(issue.path), text: told(issue) })),
    ...keysIn(sheet, sheet.value, [], new Set(first.keys())),
    ...objections.map(({ path, text }): Found => ({ offset: sheet.offsetOf(path), text })),
  ];
  return found
    .toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0))
    .map(({ offset, text }) => ({ line: offset === undefined ? 1 : sheet.lineAt(offset), text }));
}

/** By place: what else is wrong with one thing mostly follows from the first. */
function firsts(issues: readonly Issue[]): ReadonlyMap<string, Issue> {
  const found = new Map<string, Issue>();
  for (const issue of issues) {
    const name = nameOf(issue.path);
    if (!found.has(name)) found.set(name, issue);
  }
  return found;
}

/** Every schema words its own faults; here they get the key of the filter they are about. */
function told(issue: Issue): string {
  const aboutKey = issue.code === 'unrecognized_keys' || (issue.code === 'invalid_type' && issue.expected === 'never');
  const text = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
  return leadOf(aboutKey ? issue.path.slice(0, -1) : issue.path) + (text ?? issue.message);
}

/** Keys of a file of which each step is said. */
const WHOLE: readonly string[] = ['people', 'reminders', 'backup'];

/** A key under `defaults`, or under an entry of any other key of the file; of some lists also which it is. */
function leadOf(path: Path): string {
  if (path[0] === 'mutes' || path[0] === 'digests') return leadIn(path.map(String));
  if (WHOLE.includes(String(path[0]))) return path.map((step) => `${String(step)}: `).join('');
  return leadIn(path.slice(path[0] === 'defaults' ? 1 : 2).map(String));
}

function leadIn([key, index, option]: readonly string[]): string {
  if ((key === 'alerts' || key === 'mutes' || key === 'digests') && index !== undefined)
    return option === undefined ? `${key}[${index}]: ` : `${key}[${index}]: ${option}: `;
  return key === undefined ? '' : `${key}: `;
}

/** What is wrong with the keys of maps in themselves; not of those that have no place in a filters file. */
function keysIn(sheet: Sheet, value: unknown, path: Path, wrong: ReadonlySet<string>): readonly Found[] {
  const entries = Array.isArray(value);
  if ((!entries && !isMap(value)) || wrong.has(nameOf(path))) return [];
  if (entries) return value.flatMap((entry, index) => keysIn(sheet, entry, [...path, index], wrong));
  const lead = leadOf(path);
  const twice = sheet.repeatsIn(path).map(({ key, offset, first }): Found => {
    return { offset, text: `${lead}${quote(key)} is written twice; remove it here or in line ${sheet.lineAt(first)}` };
  });
  const inner = Object.entries(value).flatMap(([key, it]) => {
    const at = [...path, key];
    if (key !== '__proto__' || wrong.has(nameOf(at))) return keysIn(sheet, it, at, wrong);
    const text = `${lead}${quote(key)} has a meaning of its own in JavaScript; choose another name`;
    return [{ offset: sheet.offsetOf(at), text }];
  });
  return [...twice, ...inner];
}

function nameOf(path: Path): string {
  return JSON.stringify(path);
}
