import { FAULTS } from './fault-cases.ts';
import type { Chapter, FaultCase, FaultClass } from './types.ts';

/** Faults of all requests of the vendor; one that two of them have in forms of their own is named for each. */
export function casesOf({ targets }: Chapter): readonly FaultCase[] {
  const answerers = new Set(targets.map(({ target }) => target.answerer));
  return FAULTS.filter(({ of }) => of.some((it) => answerers.has(it)));
}

export function membersOf([, , faults]: FaultClass, cases: readonly FaultCase[]): readonly FaultCase[] {
  const ids = faults.split(', ');
  return cases.filter(({ id }) => ids.includes(id));
}

/** Names of these faults, out of `all`: a class whose faults are all among them by its own name. */
export function namesOf(
  faults: readonly FaultCase[],
  all: readonly FaultCase[],
  classes: readonly FaultClass[],
): string {
  const whole = classes.filter((it) => membersOf(it, all).every((fault) => faults.includes(fault)));
  const rest = faults.filter((fault) => !whole.some((it) => membersOf(it, all).includes(fault)));
  const names = [...whole.map(([name]) => `**${name}**`), ...(rest.length > 0 ? [labelsOf(rest)] : [])];
  return names.length === 0 ? '–' : names.join(' · ');
}

/** Each label once; those that begin alike share their beginning. */
export function labelsOf(faults: readonly FaultCase[]): string {
  const texts = [...new Set(faults.map(({ label }) => label))];
  const pages = texts.filter((text) => /^200 with (?!error)/.test(text));
  const joined = `200 with ${pages.map((text) => text.slice('200 with '.length)).join(' / ')}`;
  return (pages.length > 1 ? [...texts.filter((text) => !pages.includes(text)), joined] : texts).join(' · ');
}

export function grouped<T>(all: readonly T[], keyOf: (it: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const it of all) groups.set(keyOf(it), [...(groups.get(keyOf(it)) ?? []), it]);
  return groups;
}
