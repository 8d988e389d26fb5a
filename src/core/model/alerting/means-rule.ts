import type { MuteScope } from './rule.ts';

/** Whether a mute means a rule. `names`: its name and its sentence as it is written. */
export function meansRule(
  { name, written }: Extract<MuteScope, { readonly kind: 'rule' }>,
  filter: string,
  names: readonly string[],
): boolean {
  return names.flatMap((it) => [it, `${filter}/${it}`]).some((it) => it === name || it === written);
}
