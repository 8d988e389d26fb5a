import type { Subject } from '../../../model/alerting/alert.ts';
import type { Rule } from '../../../model/alerting/rule.ts';
import type { GapPart } from '../../../model/gap.ts';
import type { Judgement, Moment } from '../kind.ts';

/** The filter, as what a rule speaks of. */
export function filterSubject(name: string): Subject {
  return { kind: 'filter', id: name, title: name };
}

/** An issue; one of which nothing is known is named by its id. */
export function issueSubject(id: string, { issues, past }: Moment): Subject {
  const row = issues.get(id);
  const known = row?.title == null ? past.issue(id) : undefined;
  return {
    kind: 'issue',
    id,
    title: row?.title ?? known?.title ?? id,
    project: row?.project ?? known?.project,
    url: row?.url ?? known?.url,
  };
}

/** Whether the window was counted, and nothing of this part is missing. */
export function hasAll({ facts }: Pick<Moment, 'facts'>, part: GapPart): boolean {
  return facts !== null && !facts.lacks.includes(part);
}

/** What a rule does not know of an issue, in words. */
export function unknown(subject: Subject, what: string): Judgement {
  return { subject, holds: null, value: null, limit: null, expected: null, atLeast: false, why: what };
}

/** For what is known to be so: it does not hold. */
export function not(subject: Subject, why: string, numbers: Partial<Judgement> = {}): Judgement {
  return { subject, holds: false, value: null, limit: null, expected: null, atLeast: false, why, ...numbers };
}

/** Whether an issue has as many events in the window as the rule wants. */
export function isEnough({ min }: Rule, events: number): boolean {
  return events >= min;
}

/** Why an issue without a row in the window is judged as it is. */
export function absent(subject: Subject, moment: Moment): Judgement {
  const text = moment.facts === null ? 'the window was not counted' : 'its issues were not read wholly';
  return hasAll(moment, 'issues') ? not(subject, 'no events', { value: 0 }) : unknown(subject, text);
}
