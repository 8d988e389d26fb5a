import type { MuteScope } from './rule.ts';

/** What mutes may call a rule, in all filters or in one. `names`: its name and its sentence as it is written. */
export function namesOfRule(filter: string, names: readonly string[]): readonly string[] {
  return names.flatMap((it) => [it, `${filter}/${it}`]);
}

/** Whether a mute means a rule. `names`: its name and its sentence as it is written. */
export function meansRule(
  { name, written }: Extract<MuteScope, { readonly kind: 'rule' }>,
  filter: string,
  names: readonly string[],
): boolean {
  return namesOfRule(filter, names).some((it) => it === name || it === written);
}
