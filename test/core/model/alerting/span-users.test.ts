import assert from 'node:assert/strict';
import { factsOf } from '../../../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { spansWanted, type SpanUsers } from '../../../../src/core/model/alerting/span-users.ts';
import { makeReport, viewOf } from '../../../../src/core/model/make-report.ts';
import { filterOf, readingOf, WINDOW } from '../../../support/build/reports.ts';
import { ruleWith, usersOver } from '../../../support/build/users-rules.ts';

const MINUTE = 60_000;
const [FIVE, QUARTER, HOUR] = [5 * MINUTE, 15 * MINUTE, 60 * MINUTE];

function wanted(projects: readonly string[], ...alerts: readonly Rule[]): unknown {
  return spansWanted({ projects, alerts }).map(({ spanMs, ofFilter, issuesAbove }) => [spanMs, ofFilter, issuesAbove]);
}

describe('spans of users that rules want', () => {
  it('none without rules, and none that windows tell themselves', () => {
    assert.deepEqual(spansWanted(filterOf({})), []);
    assert.deepEqual(
      wanted(
        ['web'],
        ruleWith({ kind: 'new' }),
        ruleWith({ kind: 'events', above: 9, spanMs: HOUR }),
        ruleWith({ kind: 'top', first: 3, spanMs: 24 * HOUR, above: 0 }),
        usersOver(50, FIVE),
        usersOver(50, FIVE, 'issue'),
      ),
      [],
    );
  });

  it('those longer than a window, each once', () => {
    assert.deepEqual(
      wanted(['web'], usersOver(50, HOUR), usersOver(9, QUARTER, 'issue'), usersOver(70, HOUR), usersOver(8, HOUR)),
      [
        [QUARTER, false, 9],
        [HOUR, true, null],
      ],
    );
  });

  it('by issue down to the lowest number, and beside it the filter as a whole', () => {
    const rules = [usersOver(30, HOUR, 'issue'), usersOver(5, HOUR), usersOver(12, HOUR, 'issue')];
    for (const order of [rules, rules.toReversed()]) assert.deepEqual(wanted(['web'], ...order), [[HOUR, true, 12]]);
    assert.deepEqual(wanted(['web'], usersOver(0, HOUR, 'issue')), [[HOUR, false, 0]]);
  });

  it('one window of a filter with several projects, but not of its issues', () => {
    const projects = ['web', 'api'];
    assert.deepEqual(wanted(projects, usersOver(50, FIVE), usersOver(9, FIVE, 'issue')), [[FIVE, true, null]]);
  });
});

describe('spans of users in facts', () => {
  const totals = [7, 9, 0].map((users, index) => ({ project: `p${index}`, projectId: `${index}`, events: 20, users }));
  const report = (spans?: readonly SpanUsers[]): ReturnType<typeof makeReport> =>
    makeReport(filterOf({}), WINDOW, readingOf({ totals, spans }));
  const span = (spanMs: number, users: number | null): SpanUsers => ({ spanMs, users, issues: {}, issuesAbove: null });
  const users = (spans?: readonly SpanUsers[]): unknown => {
    const { users: count, usersAtLeast } = factsOf(report(spans));
    return [count, usersAtLeast];
  };

  it('come from the reading as they are, and are no part of what a report shows', () => {
    const spans = [span(HOUR, 31)];
    assert.equal(factsOf(report(spans)).spans, spans);
    assert.deepEqual(factsOf(report()).spans, []);
    assert.ok('spans' in report(spans) && !('spans' in report()));
    assert.ok(!('spans' in viewOf(report(spans))));
  });

  it('one window long they are the users of all projects; else the largest project is a lower bound', () => {
    assert.deepEqual(users(), [9, true]);
    assert.deepEqual(users([span(HOUR, 31)]), [9, true]);
    assert.deepEqual(users([span(FIVE, null)]), [9, true]);
    assert.deepEqual(users([span(FIVE, 12)]), [12, false]);
    assert.deepEqual(users([span(FIVE, 8)]), [9, false], 'a project has more by now');
  });
});
