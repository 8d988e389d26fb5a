import { emptyFilter, type Filter } from '../../../src/core/model/filter.ts';
import type { Details, Reading } from '../../../src/core/model/reading.ts';
import type { Report, ReportIssue } from '../../../src/core/model/report.ts';
import type { Window } from '../../../src/core/model/window.ts';

/** [2026-11-20T10:00Z, 10:05Z) */
export const START = 1_795_168_800_000;
export const END = 1_795_169_100_000;
export const WINDOW: Window = { start: START, end: END };

export function filterOf(given: Partial<Filter> = {}): Filter {
  return { ...emptyFilter('crm-checkout', ['crm-web']), ...given };
}

export function detailsOf(given: Partial<Details> = {}): Details {
  return {
    issueId: '6507376925',
    shortId: 'CRM-WEB-41',
    title: 'Error: card declined',
    culprit: 'pay(checkout)',
    level: 'error',
    url: 'https://acme.sentry.io/issues/6507376925/',
    status: 'unresolved',
    substatus: 'ongoing',
    firstSeen: null,
    assignee: null,
    ...given,
  };
}

export function issueOf(given: Partial<ReportIssue> = {}): ReportIssue {
  return {
    issueId: '6507376925',
    project: 'crm-web',
    url: 'https://sentry.io/organizations/acme/issues/6507376925/',
    events: 52,
    users: 31,
    rank: 1,
    state: 'ongoing',
    expected: null,
    score: null,
    trend: null,
    trending: false,
    details: detailsOf(),
    ...given,
  };
}

export function readingOf(given: Partial<Reading> = {}): Reading {
  return {
    source: 'fake',
    org: 'acme',
    totals: [{ project: 'crm-web', projectId: '11', events: 3, users: 2 }],
    issues: [],
    splits: [],
    details: new Map(),
    baselines: [],
    unattributed: 0,
    gaps: [],
    warnings: [],
    url: null,
    ...given,
  };
}

/** A report with everything in it: two projects, one of them empty, two issues, splits. */
export function reportOf(given: Partial<Report> = {}): Report {
  const filter = given.filter ?? filterOf({ projects: ['crm-web', 'crm-api'], team: 'crm' });
  return {
    id: `${filter.name}@2026-11-20T10:00:00.000Z`,
    revision: 0,
    filter,
    org: 'acme',
    window: WINDOW,
    source: 'sentry',
    complete: true,
    gaps: [],
    warnings: [],
    totals: [
      { project: 'crm-web', projectId: '11', events: 60, users: 40, issues: 2 },
      { project: 'crm-api', projectId: '12', events: 0, users: 0, issues: 0 },
    ],
    issues: [
      issueOf(),
      issueOf({
        issueId: '7',
        url: 'https://sentry.io/organizations/acme/issues/7/',
        events: 8,
        users: 9,
        rank: 2,
        details: null,
      }),
    ],
    splits: [],
    unattributed: 0,
    url: null,
    ...given,
  };
}

/** Makes every later change throw. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
