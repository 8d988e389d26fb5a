import type { Rule } from '../../../src/core/model/alerting/rule.ts';
import { compileRule } from '../../../src/config/rules/compile.ts';
import type { Entry } from '../../../src/config/rules/entry.ts';

/** Rules as a file without defaults has them. */
export function rulesOf(entries: readonly Entry[], filter = 'acme'): readonly Rule[] {
  return entries.map((entry) => compileRule(entry, {}, { filter, where: '', pagers: new Set() }));
}

/** What `alert: { above: 100, anomaly: true, missing: true, trending: 4 }` was. */
export const FOUR = rulesOf(['incomplete for 15m', 'events > 100', 'anomaly', 'trending >= 4']);
