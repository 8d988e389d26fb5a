import { BadCall } from './command.ts';

/** In the order of `known`; undefined: none was named. Throws a BadCall for a name that is not known. */
export function named<T extends { readonly name: string }>(
  option: string,
  names: readonly string[],
  known: readonly T[],
): readonly T[] | undefined {
  const unknown = names.find((name) => !known.some((it) => it.name === name));
  if (unknown !== undefined) {
    const there = known.length === 0 ? 'is none' : `are ${known.map(({ name }) => name).join(', ')}`;
    throw new BadCall(`${option} ${unknown} is unknown; there ${there}`);
  }
  return names.length === 0 ? undefined : known.filter(({ name }) => names.includes(name));
}
