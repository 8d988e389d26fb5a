import { isExcepted } from './except.ts';
import type { Judgement, Moment, RuleOf } from '../kind.ts';
import { filterSubject, isEnough, issueSubject, not, unknown } from './subjects.ts';
import { countText } from './words.ts';

/** What was counted of a subject. */
export interface Count {
  readonly what: 'event' | 'user';
  readonly value: number;
  /** What it was counted over, for people. */
  readonly over: string;
  /** Nothing of what had to be counted is missing. */
  readonly isWhole: boolean;
  /** There may be more for another reason: users of several windows or projects that nobody counted together. */
  readonly mayBeMore?: boolean;
}

/**
 * Strictly more than the limit. What is not whole is a lower bound: it can prove that there are more, never that there
 * are not.
 */
export function judgeCount(rule: RuleOf<'events' | 'users'>, moment: Moment, id: string, count: Count): Judgement {
  const limit = rule.condition.above;
  const subject = rule.each === 'issue' ? issueSubject(id, moment) : filterSubject(id);
  const judged = judge(subject, limit, count);
  return rule.each === 'issue' && judged.holds === true ? narrowed(judged, rule, moment, id) : judged;
}

function judge(subject: Judgement['subject'], limit: number, count: Count): Judgement {
  const { what, value, over, isWhole, mayBeMore = false } = count;
  const isOver = value > limit;
  const atLeast = !isWhole || mayBeMore;
  const text = `${countText(value, what, atLeast)} in ${over} (limit ${limit})`;
  const why = isOver || isWhole ? text : `${text}; not all of it was counted`;
  return { subject, holds: isOver || (isWhole ? false : null), value, limit, expected: null, atLeast, why };
}

/** An issue that has enough, unless the rule leaves it out. */
function narrowed(judged: Judgement, rule: RuleOf<'events' | 'users'>, moment: Moment, id: string): Judgement {
  const { subject, why, ...numbers } = judged;
  const row = moment.issues.get(id) ?? moment.past.issue(id);
  if (!isEnough(rule, moment.issues.get(id)?.events ?? 0))
    return not(subject, `${why}; fewer than ${rule.min} events in the window`, { ...numbers, holds: false });
  if (rule.except.length === 0) return judged;
  const excepted = row === undefined ? null : isExcepted(rule, row);
  if (excepted === null) return unknown(subject, `${why}; whether it is excepted is not known`);
  return excepted ? not(subject, `${why}; excepted`, { ...numbers, holds: false }) : judged;
}
