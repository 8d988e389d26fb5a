import type { IssueFacts } from '../../model/alerting/facts.ts';
import { rounded, SURGE_SCORE } from '../../model/trends.ts';
import { type Finding, judgeIssue } from './parts/issue-kinds.ts';
import type { Kind, Moment, RuleOf } from './kind.ts';
import { hasAll } from './parts/subjects.ts';
import { numberText, rowText } from './parts/words.ts';

/** The issue trends as reports judge it, with a score of so much at least. */
export const trending: Kind<'trending'> = {
  mayHold: (_rule, issue) => issue.trending,
  judge: (rule, moment) => (id) => judgeIssue(rule, moment, id, (issue) => find(rule, moment, issue)),
  endsWhen: ({ clear }) => `${rowText(clear)} without a surge`,
};

function find({ condition }: RuleOf<'trending'>, moment: Moment, issue: IssueFacts): Finding {
  const { score } = issue;
  const limit = condition.score ?? SURGE_SCORE;
  const numbers = { limit, expected: rounded(issue.expected) };
  const text = textOf(issue, limit);
  if (!issue.trending) {
    const isKnown = hasAll(moment, 'baselines');
    return { ...numbers, holds: isKnown ? false : null, text: isKnown ? text : 'its past was not read' };
  }
  if (condition.score === null) return { ...numbers, holds: true, text };
  if (score === null) return { ...numbers, holds: null, text: 'its past was not read, so it has no score' };
  return { ...numbers, holds: score >= condition.score, text };
}

function textOf({ score, expected, isNew, isBack }: IssueFacts, limit: number): string {
  const what = isNew === true ? 'of a new issue ' : isBackText(isBack);
  if (score === null || expected === null) return what === '' ? 'with no past to compare with' : what.trimEnd();
  return `${what}where ${numberText(expected)} were expected (score ${numberText(score)}, limit ${numberText(limit)})`;
}

function isBackText(isBack: boolean | null): string {
  return isBack === true ? 'of an issue that came back ' : '';
}
