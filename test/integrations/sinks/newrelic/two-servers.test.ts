import assert from 'node:assert/strict';
import { makeReport } from '../../../../src/core/model/make-report.ts';
import { encode } from '../../../support/build/newrelic.ts';
import { detailsOf, filterOf, readingOf, WINDOW } from '../../../support/build/reports.ts';

const HOUR = 3_600_000;

describe('New Relic records of a window that two servers read, each with baselines of its own', () => {
  /** What was counted is the same; what the hour before had is what each server found. */
  const recordsOf = (before: readonly (readonly [string, number])[]): ReadonlyMap<string, Record<string, unknown>> => {
    const issues = ['1', '2'].map((issueId) => ({
      issueId,
      project: 'crm-web',
      url: `https://acme.sentry.io/issues/${issueId}/`,
      events: 40,
      users: 3,
    }));
    const span = { start: WINDOW.start - HOUR, end: WINDOW.start };
    const reading = readingOf({
      issues,
      totals: [{ project: 'crm-web', projectId: '11', events: 80, users: 6 }],
      details: new Map(['1', '2'].map((issueId) => [issueId, detailsOf({ issueId })])),
      baselines: [{ name: '1h', span, events: new Map(before) }],
    });
    const items = encode(makeReport(filterOf({ projects: ['crm-web'] }), WINDOW, reading));
    return new Map(items.map(({ key, body }) => [key, body]));
  };

  it('have the same keys, and differ in how they compare with the past and in nothing else', () => {
    const [one, two] = [
      recordsOf([
        ['1', 0],
        ['2', 480],
      ]),
      recordsOf([
        ['1', 480],
        ['2', 12],
      ]),
    ];
    assert.deepEqual([...one.keys()].toSorted(), [...two.keys()].toSorted());
    const differing = new Set<string>();
    for (const [key, body] of one)
      for (const name of new Set([...Object.keys(body), ...Object.keys(two.get(key)!)]))
        if (JSON.stringify(body[name]) !== JSON.stringify(two.get(key)![name])) differing.add(name);
    assert.deepEqual([...differing].toSorted(), ['expected', 'rank', 'score', 'state', 'trend', 'trending']);
  });
});
