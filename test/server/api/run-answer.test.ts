import assert from 'node:assert/strict';
import type { ReportResult, RunResult } from '../../../src/core/model/results.ts';
import { resultOf as wholeOf } from '../../../src/core/run/run-result.ts';
import { countIncomplete } from '../../../src/core/run/verdict.ts';
import { answerBody } from '../../../src/server/api/run-answer.ts';
import { detailsOf, filterOf, issueOf, reportOf, WINDOW } from '../../support/build/reports.ts';

const ID = 'crm-checkout@2026-11-20T10:00:00.000Z';
const ISO = { start: '2026-11-20T10:00:00.000Z', end: '2026-11-20T10:05:00.000Z' };

function resultOf(given: Partial<ReportResult> = {}, report = reportOf()): ReportResult {
  const { filter, splits: _splits, issues, ...rest } = report;
  return { id: ID, filter, window: WINDOW, report: { ...rest, listed: issues, tags: null }, sinks: {}, ...given };
}

function body(
  reports: readonly ReportResult[],
  given: Partial<RunResult> = {},
  faults: { where: string; text: string }[] = [],
  debug = false,
): Record<string, unknown> {
  const result = wholeOf({
    runId: 'run-1',
    window: WINDOW,
    end: null,
    reports,
    sourceRequests: 6,
    clockSkewMs: 12,
    durationMs: 640,
    ...given,
  });
  return JSON.parse(JSON.stringify(answerBody(result, { server: 'host-1', debug, faults }))) as Record<string, unknown>;
}

describe('the answer', () => {
  it('has everything of a report, as it was agreed', () => {
    const report = reportOf({
      filter: filterOf({ projects: ['crm-web', 'crm-api'], runbook: 'https://wiki/checkout' }),
      unattributed: 3,
      url: 'https://sentry/search',
      warnings: ['environment eu does not exist in Sentry yet, so it counts as zero'],
      complete: false,
      gaps: [{ part: 'totals', reason: 'project_not_found', project: 'gone', detail: 'd' }],
      issues: [
        issueOf({ details: detailsOf({ assignee: 'Ann' }), state: 'new' }),
        issueOf({ issueId: '7', url: 'u/7', events: 8, users: 9, details: null }),
      ],
    });
    const sinks = {
      newrelic: { status: 'sent', accepted: 21, refused: [], uncertain: 0, failed: 0, refs: ['r-1'] },
      anodot: {
        status: 'failed',
        accepted: 0,
        refused: [{ key: 'k', why: 'w' }],
        uncertain: 1,
        failed: 2,
        refs: [],
        error: 'anodot: down',
      },
      third: { status: 'in hand elsewhere' },
    } as const;
    assert.deepEqual(
      body([resultOf({ sinks }, report)], {}, [{ where: 'config/filters/crm.yaml:12', text: 'bad name' }]),
      {
        status: 'partial',
        debug: false,
        server: 'host-1',
        run: 'run-1',
        clockSkewMs: 12,
        durationMs: 640,
        window: ISO,
        sentryRequests: 6,
        incomplete: 1,
        faults: [{ filters: 'config/filters/crm.yaml:12', error: 'bad name', see: 'docs/faults.md#filters-file' }],
        reports: [
          {
            id: ID,
            revision: 0,
            filter: 'crm-checkout',
            window: ISO,
            source: 'sentry',
            complete: false,
            gaps: [
              {
                part: 'totals',
                reason: 'project_not_found',
                project: 'gone',
                detail: 'd',
                see: 'docs/faults.md#gap-project_not_found',
              },
            ],
            warnings: ['environment eu does not exist in Sentry yet, so it counts as zero'],
            totals: [
              { project: 'crm-web', events: 60, issues: 2, users: 40 },
              { project: 'crm-api', events: 0, issues: 0, users: 0 },
            ],
            unattributed: 3,
            url: 'https://sentry/search',
            runbook: 'https://wiki/checkout',
            trending: [
              {
                id: '6507376925',
                shortId: 'CRM-WEB-41',
                project: 'crm-web',
                title: 'Error: card declined',
                level: 'error',
                url: 'https://acme.sentry.io/issues/6507376925/',
                events: 52,
                users: 31,
                state: 'new',
                expected: null,
                score: null,
                trend: null,
                assignee: 'Ann',
              },
              {
                id: '7',
                shortId: null,
                project: 'crm-web',
                title: null,
                level: null,
                url: 'u/7',
                events: 8,
                users: 9,
                state: 'ongoing',
                expected: null,
                score: null,
                trend: null,
                assignee: null,
              },
            ],
            sinks: { ...sinks, anodot: { ...sinks.anodot, see: 'docs/faults.md#sink-uncertain' } },
          },
        ],
      },
    );
  });

  it('leaves out what there is not: warnings and runbook', () => {
    const [report] = body([resultOf()])['reports'] as object[];
    assert.deepEqual(['warnings' in report!, 'runbook' in report!, 'error' in report!], [false, false, false]);
  });

  it('of a filter that could not be read says why, and that it is not complete', () => {
    const fault = { message: 'sentry: answered 401: Invalid token', retryable: false };
    assert.deepEqual(body([resultOf({ report: null, fault })])['reports'], [
      {
        id: ID,
        revision: 0,
        filter: 'crm-checkout',
        window: ISO,
        complete: false,
        gaps: [
          { part: 'totals', reason: 'not_answered', detail: fault.message, see: 'docs/faults.md#gap-not_answered' },
        ],
        totals: [],
        trending: [],
        sinks: {},
        error: fault.message,
        see: 'docs/faults.md#filter-not-read',
      },
    ]);
  });

  it('of a report that is no longer remembered is short', () => {
    const [report] = body([resultOf({ report: null })])['reports'] as Record<string, unknown>[];
    assert.deepEqual([report?.['gaps'], 'error' in report!], [[], false]);
  });

  it('says that a sink waits for the ledger in words, and never by our own mark', () => {
    const none = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] };
    const waits = { ...none, status: 'failed', error: 'not sent: the ledger cannot be reached' } as const;
    const answer = body([resultOf({ sinks: { newrelic: { ...waits, reason: 'ledger' } } })]);
    assert.deepEqual((answer['reports'] as { sinks: object }[])[0]?.sinks, {
      newrelic: { ...waits, see: 'docs/faults.md#sink-waits' },
    });
  });

  it('of a debug run has the bodies exactly as they would go out', () => {
    const items = [{ key: 'k', body: { eventType: 'SentryMonitoring', value: 3 }, lane: 'events' }];
    const answer = body([resultOf({ sinks: { newrelic: { status: 'skipped', why: 'debug', items } } })], {}, [], true);
    assert.deepEqual(
      [answer['debug'], answer['status'], (answer['reports'] as { sinks: object }[])[0]?.sinks],
      [
        true,
        'ok',
        { newrelic: { status: 'skipped', why: 'debug', items: [{ eventType: 'SentryMonitoring', value: 3 }] } },
      ],
    );
  });

  it('counts reports with gaps as incomplete; those that were not read are failed instead', () => {
    assert.equal(
      countIncomplete([resultOf(), resultOf({}, reportOf({ complete: false })), resultOf({ report: null })]),
      1,
    );
  });
});
