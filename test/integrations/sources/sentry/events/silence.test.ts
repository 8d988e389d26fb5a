import assert from 'node:assert/strict';
import type { Answer } from '../../../../../src/core/model/reading.ts';
import { type Call, mock, type Reply } from '../../../../support/build/http-mock.ts';
import { createPages, event, events, page, PROJECTS_API } from '../../../../support/sentry/pages.ts';
import { API, askOf, projects, readAll } from '../../../../support/sentry/sentry.ts';

const ASKS = [askOf({ name: 'web' }), askOf({ name: 'api', projects: ['crm-api'] })];

/** Pages of the hour before the window. */
function hourBefore(slug: string, cursor: string | null, reply: Reply): Call[] {
  const query = [
    ['start', '2026-11-20T09:00:00'],
    ['end', '2026-11-20T10:00:00'],
    ['per_page', '100'],
    ['limit', '100'],
    ...(cursor === null ? [] : [['cursor', cursor] as const]),
  ] as const;
  return mock({ url: `${PROJECTS_API}/${slug}/events/`, query }, reply);
}

/** The issue of the organization that was seen last. */
function newestIssue(reply: Reply): Call[] {
  return mock(
    {
      url: `${API}/issues/`,
      query: [
        ['query', ''],
        ['limit', '1'],
      ],
    },
    reply,
  );
}

function before(count: number): unknown[] {
  return Array.from({ length: count }, () => event('', { dateCreated: '2026-11-20T09:30:00Z' }));
}

function nothing(): void {
  projects();
  events('crm-web', null, page(before(10)));
  events('crm-api', null, page([]));
}

function reasons(answers: readonly Answer[]): unknown[] {
  return answers.map((it) => ('reading' in it ? it.reading.gaps.map(({ part, reason }) => [part, reason]) : it.fault));
}

describe('Sentry read by pages: whether it fell silent', () => {
  it('nothing in the window, 180 events in the hour before, no issue seen since: every report says so', async () => {
    nothing();
    hourBefore('crm-web', null, page(before(100), 'a'));
    hourBefore('crm-web', 'a', page(before(60)));
    hourBefore('crm-api', null, page(before(20)));
    newestIssue({ body: [{ lastSeen: '2026-11-20T09:59:59Z' }] });
    const answers = await readAll(createPages(), ASKS);
    assert.deepEqual(reasons(answers), [[['totals', 'source_silent']], [['totals', 'source_silent']]]);
    assert.match(
      'reading' in answers[0]! ? answers[0].reading.gaps[0]!.detail! : '',
      /^no project of acme has an event in the window, at least 180 in the hour before/,
    );
  });

  it('179 events in the hour before: zero is zero', async () => {
    nothing();
    hourBefore('crm-web', null, page(before(100), 'a'));
    hourBefore('crm-web', 'a', page(before(60)));
    hourBefore('crm-api', null, page(before(19)));
    assert.deepEqual(reasons(await readAll(createPages(), ASKS)), [[], []]);
  });

  for (const [seen, expected] of [
    ['2026-11-20T10:00:00Z', []],
    ['2026-11-20T10:04:59Z', []],
    ['2026-11-20T10:05:00Z', [['totals', 'not_answered']]],
  ] as const) {
    it(`an issue of another project was seen at ${seen}: ${expected.length === 0 ? 'zero is zero' : 'it may have been silent in the window, and nobody can tell'}`, async () => {
      nothing();
      hourBefore('crm-web', null, page(before(100), 'a'));
      hourBefore('crm-web', 'a', page(before(100), 'b'));
      newestIssue({ body: [{ lastSeen: seen }] });
      assert.deepEqual(reasons(await readAll(createPages(), ASKS)), [expected, expected]);
    });
  }

  it('the hour before cannot be read: nobody knows, and that is a gap', async () => {
    nothing();
    for (const slug of ['crm-web', 'crm-api']) for (let n = 0; n < 4; n++) hourBefore(slug, null, { status: 500 });
    const answers = await readAll(createPages(), ASKS);
    assert.deepEqual(reasons(answers), [[['totals', 'not_answered']], [['totals', 'not_answered']]]);
    assert.match(
      'reading' in answers[0]! ? answers[0].reading.gaps[0]!.detail! : '',
      /^whether the source fell silent could not be asked: sentry-pages: answered 500/,
    );
  });

  it('a server that ignores dates lists newer events first: as many pages more are read as these took', async () => {
    const newer = (count: number): unknown[] => Array.from({ length: count }, () => event('06:00'));
    projects();
    for (const [cursor, next] of [
      [null, 'a'],
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
    ] as const) {
      events('crm-web', cursor, page(newer(100), next));
      hourBefore('crm-web', cursor, page(newer(100), next));
    }
    events('crm-web', 'd', page(before(100), 'e'));
    hourBefore('crm-web', 'd', page(before(100), 'e'));
    hourBefore('crm-web', 'e', page(before(100), 'f'));
    newestIssue({ body: [] });
    assert.deepEqual(reasons(await readAll(createPages(), [askOf({ name: 'web' })])), [[['totals', 'source_silent']]]);
  });

  for (const [what, reply, reason] of [
    ['that cannot be asked: nobody knows, and that is a gap', { status: 403, body: { detail: 'no' } }, 'not_answered'],
    ['that no list tells: its projects speak for all', { status: 404 }, 'source_silent'],
    ['without any issue: it is silent', { body: [] }, 'source_silent'],
  ] as const) {
    it(what, async () => {
      nothing();
      hourBefore('crm-web', null, page(before(100), 'a'));
      hourBefore('crm-web', 'a', page(before(100), 'b'));
      newestIssue(reply);
      assert.deepEqual(reasons(await readAll(createPages(), ASKS)), [[['totals', reason]], [['totals', reason]]]);
    });
  }

  it('is not asked when a project had an event that no filter wants', async () => {
    projects();
    events('crm-web', null, page([event('04:00')]));
    assert.deepEqual(reasons(await readAll(createPages(), [askOf({ name: 'web', searchTerms: ['never'] })])), [[]]);
  });

  it('is asked of the projects that were read, whatever became of the others', async () => {
    projects();
    events('crm-web', null, page(before(10)));
    events('crm-api', null, { status: 403, body: { detail: 'no' } });
    hourBefore('crm-web', null, page(before(100), 'a'));
    hourBefore('crm-web', 'a', page(before(100), 'b'));
    newestIssue({ body: [] });
    const answers = await readAll(createPages(), [
      askOf({ name: 'web' }),
      askOf({ name: 'both', projects: ['crm-web', 'crm-api'] }),
    ]);
    assert.deepEqual(reasons(answers).toSorted(), [
      [
        ['totals', 'project_forbidden'],
        ['totals', 'source_silent'],
      ],
      [['totals', 'source_silent']],
    ]);
  });
});
