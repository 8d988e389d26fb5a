import type { WatchCondition, WatchPlan, WatchRule } from '../../../src/core/model/watches/watch-plan.ts';
import type { KeptWatch } from '../../../src/core/ports/watches/watch-store.ts';

export function watchRule(condition: WatchCondition, more: Partial<WatchRule> = {}): WatchRule {
  return {
    name: 'r',
    sentence: 'a sentence',
    condition,
    tell: ['crm'],
    hold: 1,
    clear: 1,
    repeatMs: null,
    resolved: true,
    quiet: null,
    severity: 'warning',
    where: 'f.yaml:2',
    ...more,
  };
}

export function planOf(...rules: readonly WatchRule[]): WatchPlan {
  return { name: 'github', everyMs: 300_000, isCertificate: false, labels: {}, rules, where: 'f.yaml:1' };
}

export function keptWatch(more: Partial<KeptWatch> = {}): KeptWatch {
  return { name: 'github', good: null, last: null, since: 0, past: [], state: {}, ...more };
}
