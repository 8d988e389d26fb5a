/** How far a release moves the version. */
export const KINDS = ['major', 'minor', 'patch'] as const;
export type Kind = (typeof KINDS)[number];

/** Such as 1.4.2; throws for anything else, versions with a suffix among it. */
export function nextVersion(version: string, kind: Kind): string {
  const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (numbers === undefined) throw new Error(`package.json has the version ${version}; write one of three numbers`);
  const place = KINDS.indexOf(kind);
  return numbers.map((number, index) => (index > place ? 0 : number + (index === place ? 1 : 0))).join('.');
}

/** By the tags of the changelog's lines. Before 1.0.0 a change that breaks something moves the second number. */
export function kindOf(entries: readonly string[], version: string): Kind {
  const has = (tag: string): boolean => entries.some((line) => line.startsWith(`- [${tag}]`));
  if (has('CHANGE')) return version.startsWith('0.') ? 'minor' : 'major';
  return has('FEATURE') ? 'minor' : 'patch';
}
