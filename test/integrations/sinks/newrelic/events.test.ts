import assert from 'node:assert/strict';
import type { Report } from '../../../../src/core/model/report.ts';
import { ALL, encode, ID, ofType, SINK } from '../../../support/build/newrelic.ts';
import { filterOf, issueOf, reportOf } from '../../../support/build/reports.ts';

describe('New Relic records', () => {
  const filter = filterOf({ projects: ['crm-web', 'crm-api'], team: 'crm' });

  it('filter_count: the sum over the projects, without users, which do not add up', () => {
    assert.deepEqual(ofType(reportOf({ unattributed: 4 }), 'filter_count'), [
      { ...ALL, type: 'filter_count', value: 60, issues: 2, unattributed: 4, complete: 1 },
    ]);
  });

  it('filter_count: with users where there is one project, zeros included', () => {
    const report = reportOf({
      filter: { ...filter, projects: ['crm-web'] },
      totals: [{ project: 'crm-web', projectId: '11', events: 0, users: 0, issues: 0 }],
      issues: [],
    });
    assert.deepEqual(ofType(report, 'filter_count'), [
      { ...ALL, type: 'filter_count', value: 0, issues: 0, unattributed: 0, users: 0, complete: 1 },
    ]);
  });

  it('filter_count: without a value when no project could be read: unknown is not zero', () => {
    const gaps = [
      { part: 'totals', reason: 'project_not_found', project: 'crm-web' },
      { part: 'totals', reason: 'project_forbidden', project: 'crm-api' },
    ] as const;
    assert.deepEqual(ofType(reportOf({ totals: [], issues: [], gaps, complete: false }), 'filter_count'), [
      { ...ALL, type: 'filter_count', complete: 0, reason: 'project_not_found' },
    ]);
  });

  it('event_count: one per project, zeros included', () => {
    assert.deepEqual(ofType(reportOf(), 'event_count'), [
      {
        ...ALL,
        type: 'event_count',
        project: 'crm-web',
        projectId: '11',
        value: 60,
        issues: 2,
        users: 40,
        complete: 1,
      },
      { ...ALL, type: 'event_count', project: 'crm-api', projectId: '12', value: 0, issues: 0, users: 0, complete: 1 },
    ]);
  });

  it('event_count: a project that could not be read has a record without a value, the others are complete', () => {
    const totals = [{ project: 'crm-web', projectId: '11', events: 60, users: 40, issues: 2 }];
    const report = reportOf({
      totals,
      gaps: [{ part: 'totals', reason: 'project_forbidden', project: 'crm-api' }],
      complete: false,
    });
    assert.deepEqual(ofType(report, 'event_count'), [
      {
        ...ALL,
        type: 'event_count',
        project: 'crm-web',
        projectId: '11',
        value: 60,
        issues: 2,
        users: 40,
        complete: 1,
      },
      { ...ALL, type: 'event_count', project: 'crm-api', complete: 0, reason: 'project_forbidden' },
    ]);
    assert.deepEqual(
      ofType(report, 'filter_count').map((body) => [body['complete'], body['reason']]),
      [[0, 'project_forbidden']],
    );
  });

  it('event_count: a gap of the whole reading is one of every project, one of the decoration of none', () => {
    const reasons = (report: Report): unknown =>
      ofType(report, 'event_count').map((body) => [body['complete'], body['reason']]);
    assert.deepEqual(reasons(reportOf({ gaps: [{ part: 'issues', reason: 'row_limit' }] })), [
      [0, 'row_limit'],
      [0, 'row_limit'],
    ]);
    assert.deepEqual(
      reasons(
        reportOf({
          gaps: [
            { part: 'details', reason: 'not_answered' },
            { part: 'baselines', reason: 'not_answered' },
          ],
        }),
      ),
      [
        [1, undefined],
        [1, undefined],
      ],
    );
  });

  it('a filter without team has no team', () => {
    for (const { body } of encode(reportOf({ filter: { ...filter, team: undefined } })))
      assert.ok(!JSON.stringify(body).includes('"team"'));
  });

  it('a correction has the higher counts alone, under the same identity and a higher revision; what only the first count knew is left out', () => {
    const { totals } = reportOf();
    const [web, api] = totals as [Report['totals'][number], Report['totals'][number]];
    const gaps = [
      { part: 'issues', reason: 'row_limit' },
      { part: 'totals', reason: 'project_forbidden', project: 'crm-api' },
    ] as const;
    const correct = (now: Report['totals'], told = totals): readonly object[] =>
      SINK.encodeCorrection!(
        { totals: told, gaps: [] },
        reportOf({ revision: 2, totals: now, unattributed: 9, gaps }),
      ).map(({ body, lane }) => ({ ...body, lane }));
    const same = { ...ALL, revision: 2, lane: 'events' };
    assert.deepEqual(correct([{ ...web, events: 67, users: 41 }, api]), [
      { ...same, type: 'filter_count', value: 67, complete: 0, reason: 'project_forbidden' },
      { ...same, type: 'event_count', project: 'crm-web', projectId: '11', value: 67, users: 41, complete: 1 },
    ]);
    assert.deepEqual(
      correct([web, { ...api, events: 1 }], [web]).map((it) => [
        (it as { type: string }).type,
        (it as { project?: string }).project,
      ]),
      [
        ['filter_count', undefined],
        ['event_count', 'crm-api'],
      ],
    );
    assert.deepEqual(correct(totals), []);
    assert.deepEqual(correct([{ ...web, events: 59 }, api]), [], 'never less');
  });

  it('keys are the same on every server', () => {
    const splits = [{ issueId: '7', project: 'crm-web', tags: { b: '2' }, events: 8 }];
    const report = reportOf({
      revision: 2,
      filter: { ...filter, projects: ['crm-web'], tags: ['a', 'b'] },
      totals: [{ project: 'crm-web', projectId: '11', events: 60, users: 40, issues: 2 }],
      issues: [issueOf()],
      splits,
    });
    assert.deepEqual(
      encode(report).map(({ key }) => key),
      [
        `["${ID}",2,"filter_count"]`,
        `["${ID}",2,"event_count","crm-web"]`,
        `["${ID}",2,"sentry_issue","6507376925"]`,
        `["${ID}",2,"sentry_issue_tag","7","","2"]`,
        `["${ID}",2,"sentry.events","crm-web"]`,
        `["${ID}",2,"sentry.issues","crm-web"]`,
        `["${ID}",2,"sentry.users","crm-web"]`,
      ],
    );
  });
});
