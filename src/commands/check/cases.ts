import type { Rule, RuleCase } from '../../core/model/alerting/rule.ts';
import type { Filter } from '../../core/model/filter.ts';

/** All that is told in a worked case of a rule, as a case says it: `fired@2`. */
export type RunCase = (rule: Rule, worked: RuleCase) => readonly string[];

export interface FailedCase {
  /** file:line. */
  readonly where: string;
  readonly text: string;
}

/** The worked cases that come out otherwise than they say. */
export function failedCases(filters: readonly Filter[], run: RunCase): readonly FailedCase[] {
  const rules = filters.flatMap(({ alerts = [], untold = [] }) => [...alerts, ...untold]);
  return rules.flatMap((rule) =>
    rule.cases.flatMap((worked, index): FailedCase[] => {
      const came = run(rule, worked);
      if (came.join(' ') === worked.expect.join(' ')) return [];
      const which = rule.cases.length === 1 ? 'its case' : `case ${index + 1}`;
      const expected = `${which} expects ${listed(worked.expect)}, and what came is ${listed(came)}`;
      const text = `${rule.filter}: ${rule.name}: ${expected}`;
      return [{ where: rule.where, text }];
    }),
  );
}

function listed(entries: readonly string[]): string {
  return entries.length === 0 ? 'nothing' : entries.join(', ');
}
