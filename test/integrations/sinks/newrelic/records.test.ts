import assert from 'node:assert/strict';
import type { Item, JsonObject } from '../../../../src/core/model/item.ts';
import type { Split } from '../../../../src/core/model/reading.ts';
import type { Report } from '../../../../src/core/model/report.ts';
import { newrelic } from '../../../../src/integrations/sinks/newrelic/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { detailsOf, filterOf, issueOf, reportOf } from '../../../support/build/reports.ts';

const ID = 'crm-checkout@2026-11-20T10:00:00.000Z';
const ALL = {
  eventType: 'SentryMonitoring',
  filter: 'crm-checkout',
  team: 'crm',
  org: 'acme',
  revision: 0,
  windowStart: 1_795_168_800_000,
  windowEnd: 1_795_169_100_000,
  reportId: ID,
  timestamp: 1_795_168_800_000,
};

const SINK = newrelic.build(
  { NEW_RELIC_ACCOUNT_ID: '1', NEW_RELIC_LICENSE_KEY: 'k-0123456789' },
  depsOf(),
  'newrelic',
).part;

function encode(report: Report): readonly Item[] {
  return SINK.encode(report);
}

function ofType(report: Report, type: string): readonly JsonObject[] {
  return encode(report)
    .map(({ body }) => body)
    .filter((body) => body['type'] === type);
}

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

  it('gauges: three per project that could be read, stamped with the start, with few attributes', () => {
    const gauge = (name: string, value: number, project: string): object => ({
      name,
      type: 'gauge',
      value,
      timestamp: 1_795_168_800_000,
      'interval.ms': 300_000,
      attributes: { project, filter: 'crm-checkout', team: 'crm', org: 'acme' },
    });
    const report = reportOf({
      filter: { ...filter, projects: ['crm-web', 'crm-api', 'crm-gone'], labels: { a: 'b' } },
      gaps: [{ part: 'totals', reason: 'project_not_found', project: 'crm-gone' }],
    });
    assert.deepEqual(
      encode(report)
        .filter(({ lane }) => lane === 'metrics')
        .map(({ body }) => body),
      [
        gauge('sentry.events', 60, 'crm-web'),
        gauge('sentry.issues', 2, 'crm-web'),
        gauge('sentry.users', 40, 'crm-web'),
        gauge('sentry.events', 0, 'crm-api'),
        gauge('sentry.issues', 0, 'crm-api'),
        gauge('sentry.users', 0, 'crm-api'),
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
      SINK.encodeCorrection!({ totals: told }, reportOf({ revision: 2, totals: now, unattributed: 9, gaps })).map(
        ({ body, lane }) => ({ ...body, lane }),
      );
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

describe('New Relic texts', () => {
  const message = (title: string): unknown =>
    ofType(reportOf({ issues: [issueOf({ details: detailsOf({ title }) })] }), 'sentry_issue')[0]?.['message'];

  for (const [name, title, sent] of [
    ['4,096 characters go out whole', 'x'.repeat(4096), 'x'.repeat(4096)],
    ['4,097 characters are cut to 4,096, and the cut shows', 'x'.repeat(4097), `${'x'.repeat(4095)}…`],
    ['a cut never leaves half a character', `${'x'.repeat(4094)}😀😀`, `${'x'.repeat(4094)}…`],
    ['a whole character before the cut stays', `${'x'.repeat(4093)}😀😀`, `${'x'.repeat(4093)}😀…`],
    ['half characters become whole ones', 'a\uD83Db\uDE00', 'a\uFFFDb\uFFFD'],
    ['control characters become spaces', 'a\u0000\r\n\tb\u007f\u0085c', 'a b c'],
    ['other Unicode stays', 'Größe 名前 😀 "quoted" \\ <b>', 'Größe 名前 😀 "quoted" \\ <b>'],
  ] as const)
    it(name, () => assert.equal(message(title), sent));

  it('an empty title is left out', () => assert.equal(message(''), undefined));

  it('tags, labels, culprit, links and team are cut too', () => {
    const long = 'y'.repeat(5000);
    const filter = filterOf({ projects: ['crm-web', 'crm-api'], team: long, labels: { l: long }, tags: ['t'] });
    const issues = [
      issueOf({ details: detailsOf({ culprit: long, url: `https://x/${long}`, assignee: long, shortId: long }) }),
    ];
    for (const { body } of encode(
      reportOf({
        filter,
        issues,
        splits: [{ issueId: '6507376925', project: 'crm-web', tags: { t: long }, events: 1 }],
      }),
    )) {
      for (const value of Object.values({ ...body, ...(body['attributes'] as object | undefined) }))
        assert.ok(typeof value !== 'string' || value.length <= 4096);
    }
  });
});
