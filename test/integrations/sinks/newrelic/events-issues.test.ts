import assert from 'node:assert/strict';
import type { Split } from '../../../../src/core/model/reading.ts';
import { ALL, encode, ofType } from '../../../support/build/newrelic.ts';
import { detailsOf, filterOf, issueOf, reportOf } from '../../../support/build/reports.ts';

describe('New Relic records of issues', () => {
  const filter = filterOf({ projects: ['crm-web', 'crm-api'], team: 'crm' });

  it('sentry_issue: one per issue with what Sentry knows of it, ids as text', () => {
    const details = detailsOf({ assignee: 'Ann', firstSeen: 1_795_168_900_000 });
    const report = reportOf({
      issues: [
        issueOf({ details, state: 'new' }),
        issueOf({
          issueId: '7',
          url: 'https://sentry.io/organizations/acme/issues/7/',
          events: 8,
          users: 0,
          rank: 2,
          details: null,
        }),
      ],
    });
    assert.deepEqual(ofType(report, 'sentry_issue'), [
      {
        ...ALL,
        type: 'sentry_issue',
        project: 'crm-web',
        sentryIssueId: '6507376925',
        shortId: 'CRM-WEB-41',
        sentryUrl: 'https://acme.sentry.io/issues/6507376925/',
        message: 'Error: card declined',
        culprit: 'pay(checkout)',
        level: 'error',
        count: 52,
        users: 31,
        state: 'new',
        trending: 0,
        rank: 1,
        assignee: 'Ann',
        firstSeen: 1_795_168_900_000,
        status: 'unresolved',
        substatus: 'ongoing',
      },
      {
        ...ALL,
        type: 'sentry_issue',
        project: 'crm-web',
        sentryIssueId: '7',
        sentryUrl: 'https://sentry.io/organizations/acme/issues/7/',
        count: 8,
        users: 0,
        state: 'ongoing',
        trending: 0,
        rank: 2,
      },
    ]);
  });

  it('sentry_issue: with how it compares with its past, to two decimals', () => {
    const [body] = ofType(
      reportOf({ issues: [issueOf({ state: 'surging', expected: 10 / 3, score: 4.555, trend: 7, trending: true })] }),
      'sentry_issue',
    );
    assert.deepEqual(
      [body!['state'], body!['expected'], body!['score'], body!['trend'], body!['trending']],
      ['surging', 3.33, 4.56, 7, 1],
    );
  });

  it('sentry_issue_tag: one per combination, each tag under its own key, a missing value left out, a hyphen as underscore', () => {
    const splits: Split[] = [
      {
        issueId: '6507376925',
        project: 'crm-web',
        tags: { release: '1.4.2', 'os.name': 'iOS', 'my-tag': 'ü' },
        events: 40,
      },
      { issueId: '6507376925', project: 'crm-web', tags: { release: '1.4.2' }, events: 12 },
      { issueId: '99', project: 'crm-api', tags: {}, events: 1 },
    ];
    const report = reportOf({ filter: { ...filter, tags: ['release', 'os.name', 'my-tag'] }, splits });
    const known = {
      sentryIssueId: '6507376925',
      sentryUrl: 'https://acme.sentry.io/issues/6507376925/',
      message: 'Error: card declined',
      project: 'crm-web',
    };
    assert.deepEqual(ofType(report, 'sentry_issue_tag'), [
      { ...ALL, type: 'sentry_issue_tag', ...known, release: '1.4.2', 'os.name': 'iOS', my_tag: 'ü', count: 40 },
      { ...ALL, type: 'sentry_issue_tag', ...known, release: '1.4.2', count: 12 },
      { ...ALL, type: 'sentry_issue_tag', sentryIssueId: '99', project: 'crm-api', count: 1 },
    ]);
  });

  it('labels go along on every record, as label.name', () => {
    const report = reportOf({
      filter: { ...filter, labels: { service: 'checkout', 'cost-center': '7' }, tags: ['release'] },
      splits: [{ issueId: '7', project: 'crm-web', tags: { release: '1' }, events: 8 }],
    });
    const events = encode(report)
      .filter(({ lane }) => lane === 'events')
      .map(({ body }) => body);
    assert.equal(events.length, 1 + 2 + 2 + 1);
    for (const body of events)
      assert.deepEqual(
        [body['label.service'], body['label.cost_center'], body['label.cost-center']],
        ['checkout', '7', undefined],
      );
  });

  it('no tag or label stands in the place of a field of ours', () => {
    const tags = {
      value: 'x',
      type: 'x',
      timestamp: 'x',
      eventType: 'x',
      project: 'x',
      count: 'x',
      filter: 'x',
      reportId: 'x',
    };
    const report = reportOf({
      filter: { ...filter, tags: Object.keys(tags) },
      splits: [{ issueId: '7', project: 'crm-web', tags, events: 8 }],
    });
    const [body] = encode(report)
      .map((item) => item.body)
      .filter((it) => it['count'] === 8 && it['rank'] === undefined);
    assert.deepEqual(body, {
      ...ALL,
      type: 'sentry_issue_tag',
      project: 'crm-web',
      sentryIssueId: '7',
      sentryUrl: 'https://sentry.io/organizations/acme/issues/7/',
      count: 8,
      value: 'x',
    });
  });
});
