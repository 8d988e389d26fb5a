import assert from 'node:assert/strict';
import { sentry } from '../../../../src/integrations/sources/sentry/index.ts';
import { sourceContract } from '../../../contract/source.ts';
import type { depsOf } from '../../../support/build/deps.ts';
import {
  createSource,
  details,
  detailsIn,
  history,
  issue,
  issueRows,
  projects,
  readOne,
  rows,
  splits,
  TOKEN,
  totalRows,
  totals,
} from '../../../support/sentry/sentry.ts';

const BOTH = { projects: ['11', '12'] };
const one = { ...BOTH, query: 'message:"one"' };
const two = { ...BOTH, query: 'message:"two"' };

function serve(asked: typeof one, events: number, id: number): void {
  totals(asked, totalRows([11, events, 2]));
  rows(asked, issueRows([id, 11, events, 2]));
}

describe('the Sentry source', () => {
  sourceContract({
    name: 'sentry',
    secrets: [TOKEN],
    create: (deps) => createSource({}, deps as ReturnType<typeof depsOf>),
    serveTwo: () => {
      projects();
      serve(one, 5, 1);
      serve(two, 7, 2);
      details(['1', '2'], ['11', '12'], { body: [issue('1'), issue('2')] });
    },
    serveOneRefuseTwo: () => {
      projects();
      serve(one, 5, 1);
      const refusal = { status: 400, body: { detail: 'Invalid query. Argument to function is wrong type.' } };
      totals(two, refusal);
      rows(two, refusal);
      details(['1'], ['11', '12'], { body: [issue('1')] });
    },
    serveTotals: () => {
      projects();
      totals(one, totalRows([11, 5, 2]));
    },
    serveWithoutGone: () => {
      projects();
      serve(one, 5, 1);
      details(['1'], ['11', '12'], { body: [issue('1')] });
    },
    refuseAll: (words) => void projects({ status: 401, body: { detail: words } }),
    hang: (asked) =>
      void projects(() => {
        asked();
        return new Promise<never>(() => undefined);
      }),
  });

  it('has its token as the only secret', () => {
    assert.deepEqual(sentry.read({ SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: TOKEN }).secrets, [TOKEN]);
  });

  it('refuses wrong settings, and names them all', () => {
    const env = {
      SENTRY_ORG: 'ac me',
      SENTRY_URL: 'ftp://x',
      SENTRY_CONCURRENCY: '0',
      SENTRY_TIMEOUT_SECONDS: '1.5',
      MAX_ROWS: '99',
    };
    assert.throws(
      () => sentry.read(env),
      (error: Error) => {
        assert.deepEqual(
          error.message.split('\n').map((line) => line.split(':')[0]),
          ['SENTRY_URL', 'SENTRY_ORG', 'SENTRY_AUTH_TOKEN', 'SENTRY_CONCURRENCY', 'SENTRY_TIMEOUT_SECONDS', 'MAX_ROWS'],
        );
        return true;
      },
    );
  });

  it('reads a filter with all it has: totals, rows, splits, details, links', async () => {
    const asked = {
      ...BOTH,
      query: '(level:error OR level:fatal) message:"card \\"declined\\"" !message:"health check" (release:1.4.*)',
      environments: ['production', 'eu'],
    };
    projects();
    totals(asked, totalRows([12, 4, 3], [11, 60, 40]));
    rows(asked, issueRows([7, 12, 4, 3], [6507376925, 11, 52, 31], [21, 11, 4, 2], [100, 11, 4, 1]));
    splits(['release', 'tags[os.name]'], asked, {
      body: {
        data: [
          { 'issue.id': 6507376925, 'project.id': 11, release: '1.4.2', 'tags[os.name]': 'iOS', 'count()': 40 },
          { 'issue.id': 6507376925, 'project.id': 11, release: null, 'tags[os.name]': '', 'count()': 12 },
          { 'issue.id': 7, 'project.id': 12, release: '1.4.1', 'tags[os.name]': '', 'count()': 4 },
          { 'issue.id': 21, 'project.id': 11, release: '1', 'tags[os.name]': 'x', 'count()': 4 },
          { 'issue.id': 100, 'project.id': 11, release: '1', 'tags[os.name]': 'x', 'count()': 4 },
        ],
      },
    });
    history('6507376925', [
      ['set_regression', '2026-11-20T10:00:02.500000Z'],
      ['set_resolved', '2026-11-20T09:00:00Z'],
    ]);
    detailsIn(['production', 'eu'], ['6507376925', '7', '21', '100'], ['11', '12'], {
      body: [
        issue('6507376925', {
          assignedTo: { type: 'user', id: '1', name: 'Ann', email: 'ann@example.com' },
          substatus: 'regressed',
        }),
        issue('7', {
          permalink: null,
          shortId: null,
          culprit: '',
          assignedTo: { type: 'team', email: 'team@example.com' },
          lifetime: null,
          substatus: null,
        }),
        issue('21', {
          permalink: 'javascript:alert(1)',
          lifetime: undefined,
          firstSeen: null,
          level: null,
          title: null,
          assignedTo: 'x',
          shortId: '',
        }),
        issue('100'),
      ],
    });
    const filter = {
      projects: ['crm-web', 'crm-api'],
      environments: ['production', 'eu'],
      levels: ['error', 'fatal'],
      searchTerms: ['card "declined"'],
      exclude: ['health check'],
      query: 'release:1.4.*',
      tags: ['release', 'os.name'],
    };
    const reading = await readOne(filter);
    const web = 'https://sentry.io/organizations/acme';
    assert.deepEqual(
      { ...reading, details: undefined, url: undefined },
      {
        source: 'sentry',
        org: 'acme',
        gaps: [],
        warnings: [],
        baselines: [],
        firstSeenBy: 'arrival',
        returns: new Map([
          ['6507376925', [{ at: Date.UTC(2026, 10, 20, 10, 0, 2, 500), resolvedAt: Date.UTC(2026, 10, 20, 9, 0) }]],
        ]),
        unattributed: 0,
        details: undefined,
        url: undefined,
        totals: [
          { project: 'crm-web', projectId: '11', events: 60, users: 40 },
          { project: 'crm-api', projectId: '12', events: 4, users: 3 },
        ],
        issues: [
          { issueId: '6507376925', project: 'crm-web', url: `${web}/issues/6507376925/`, events: 52, users: 31 },
          { issueId: '7', project: 'crm-api', url: `${web}/issues/7/`, events: 4, users: 3 },
          { issueId: '21', project: 'crm-web', url: `${web}/issues/21/`, events: 4, users: 2 },
          { issueId: '100', project: 'crm-web', url: `${web}/issues/100/`, events: 4, users: 1 },
        ],
        splits: [
          { issueId: '6507376925', project: 'crm-web', tags: { release: '1.4.2', 'os.name': 'iOS' }, events: 40 },
          { issueId: '6507376925', project: 'crm-web', tags: {}, events: 12 },
          { issueId: '7', project: 'crm-api', tags: { release: '1.4.1' }, events: 4 },
          { issueId: '21', project: 'crm-web', tags: { release: '1', 'os.name': 'x' }, events: 4 },
          { issueId: '100', project: 'crm-web', tags: { release: '1', 'os.name': 'x' }, events: 4 },
        ],
      },
    );
    assert.deepEqual([...reading.details.values()].slice(0, 3), [
      {
        issueId: '6507376925',
        shortId: 'CRM-6507376925',
        title: 'Error 6507376925',
        culprit: 'index.js in f',
        level: 'error',
        url: 'https://acme.sentry.io/issues/6507376925/',
        status: 'unresolved',
        substatus: 'regressed',
        firstSeen: 1_743_720_679_403,
        assignee: 'Ann',
      },
      {
        issueId: '7',
        shortId: null,
        title: 'Error 7',
        culprit: null,
        level: 'error',
        url: null,
        status: 'unresolved',
        substatus: null,
        firstSeen: 1_795_168_860_000,
        assignee: 'team@example.com',
      },
      {
        issueId: '21',
        shortId: null,
        title: '',
        culprit: 'index.js in f',
        level: null,
        url: null,
        status: 'unresolved',
        substatus: 'ongoing',
        firstSeen: null,
        assignee: null,
      },
    ]);
    const { origin, pathname, searchParams } = new URL(reading.url!);
    assert.equal(origin + pathname, `${web}/discover/results/`);
    assert.deepEqual(
      [
        searchParams.get('query'),
        searchParams.getAll('project'),
        searchParams.getAll('environment'),
        searchParams.get('start'),
        searchParams.get('end'),
      ],
      [asked.query, ['11', '12'], ['production', 'eu'], '2026-11-20T10:00:00', '2026-11-20T10:05:00'],
    );
  });
});
