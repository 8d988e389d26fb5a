import type { Rule } from '../../../src/core/model/alerting/rule.ts';

/** `users > above in spanMs`, with an `each`. */
export function usersOver(above: number, spanMs: number, each: Rule['each'] = 'filter'): Rule {
  return ruleWith({ kind: 'users', above, spanMs }, each);
}

export function ruleWith(condition: Rule['condition'], each: Rule['each'] = 'filter'): Rule {
  return {
    filter: 'crm-checkout',
    name: `${condition.kind}-${each}`,
    sentence: condition.kind,
    condition,
    each,
    tell: ['crm'],
    hold: 1,
    clear: 3,
    min: 1,
    repeatMs: null,
    resolved: true,
    quiet: null,
    severity: 'warning',
    except: [],
    cases: [],
    where: '',
  };
}
