import type { WindowFacts } from '../../core/model/alerting/facts.ts';
import { isComplete } from '../../core/model/make-report.ts';

/** A window whose totals alone were counted again: its issues, and what they lacked, are those of the earlier count. */
export function withNewTotals(before: WindowFacts, now: WindowFacts): WindowFacts {
  const lacks = [...now.lacks.filter((part) => part === 'totals'), ...before.lacks.filter((part) => part !== 'totals')];
  const { revision, events, users, usersAtLeast, silent } = now;
  return {
    ...before,
    revision,
    events,
    users,
    usersAtLeast,
    silent,
    lacks,
    complete: isComplete(lacks.map((part) => ({ part }))),
  };
}
