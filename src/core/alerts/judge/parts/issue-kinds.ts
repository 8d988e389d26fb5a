import type { IssueFacts } from '../../../model/alerting/facts.ts';
import type { Rule } from '../../../model/alerting/rule.ts';
import { isExcepted } from './except.ts';
import type { Judgement, Moment } from '../kind.ts';
import { absent, isEnough, issueSubject, not, unknown } from './subjects.ts';
import { countText } from './words.ts';

/** What a sentence about single issues says of one with events in the window. */
export interface Finding {
  /** Null: it cannot be told. */
  readonly holds: boolean | null;
  /** Of what the sentence asks, for people. */
  readonly text: string;
  readonly limit?: number | null;
  readonly expected?: number | null;
}

/** Judges an issue that a rule looks at in its window: what every such sentence has in common. */
export function judgeIssue(rule: Rule, moment: Moment, id: string, find: (issue: IssueFacts) => Finding): Judgement {
  const subject = issueSubject(id, moment);
  const issue = moment.issues.get(id);
  if (issue === undefined) return absent(subject, moment);
  const { holds, text, limit = null, expected = null } = find(issue);
  const count = `${countText(issue.events, 'event')} in ${moment.text}`;
  const numbers = { value: issue.events, limit, expected };
  if (holds === false) return not(subject, `${count}: ${text}`, numbers);
  if (!isEnough(rule, issue.events)) return not(subject, `${count}: fewer than ${rule.min}`, numbers);
  const excepted = isExcepted(rule, issue);
  if (excepted === true) return not(subject, `${count}: excepted`, numbers);
  if (holds === null || excepted === null) {
    const why = holds === null ? text : 'whether it is excepted is not known';
    return { ...unknown(subject, `${count}: ${why}`), ...numbers };
  }
  return { subject, holds: true, ...numbers, atLeast: false, why: `${count} ${text}` };
}
