import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { NOW } from '../../../../support/time/clock.ts';
import { createPages, event, events, issueList, page } from '../../../../support/sentry/pages.ts';
import { askOf, issue, projects, readAll, readOne } from '../../../../support/sentry/sentry.ts';
import { BOTH, reasons, many, counted } from './odd-events.ts';

describe('Sentry read by pages: the way to the next page', () => {
  for (const [what, next, entries] of [
    ['as GlitchTip ends', 'glitchtip', many(100)],
    ['as Sentry ends', 'sentry', many(100)],
    ['without a header, after less than a page', 'no header', many(49)],
  ] as const) {
    it(`${what}: the end`, async () => {
      projects();
      events('crm-web', null, page(entries, next));
      issueList('crm-web', null, page([issue('7')], next));
      const reading = await readOne({}, createPages());
      assert.deepEqual([counted(reading), reading.gaps], [[['crm-web', entries.length]], []]);
    });
  }

  it('without a header, after a whole page: nobody knows, and that is a gap', async () => {
    projects();
    events('crm-web', null, page(many(50), 'no header'));
    issueList('crm-web', null, page([issue('7')]));
    const reading = await readOne({}, createPages());
    assert.deepEqual(
      [counted(reading), reasons(reading)],
      [[['crm-web', 50]], [['totals', 'pages_broken', 'crm-web']]],
    );
    assert.match(reading.gaps[0]?.detail ?? '', /check that no proxy removes the Link header/);
  });

  it('that does not advance is a gap, and is not gone for ever', async () => {
    projects();
    events('crm-web', null, page(many(1), 'a'));
    events('crm-web', 'a', page(many(1), 'a'));
    issueList('crm-web', null, page([issue('7')]));
    assert.deepEqual(reasons(await readOne({}, createPages())), [['totals', 'pages_broken', 'crm-web']]);
  });

  it('with a cursor that is encoded in the header: it is sent as it is meant', async () => {
    projects();
    events('crm-web', null, page(many(1), 'cD0yMDIy%3D%3D'));
    events('crm-web', 'cD0yMDIy==', page(many(1)));
    issueList('crm-web', null, page([issue('7')]));
    assert.deepEqual(counted(await readOne({}, createPages())), [['crm-web', 2]]);
  });
});

describe('Sentry read by pages: what cannot be read', () => {
  it('more than MAX_PAGES: what was counted goes out, and the rest is a gap', async () => {
    projects();
    events('crm-web', null, page(many(100), 'a'));
    events('crm-web', 'a', page(many(100), 'b'));
    issueList('crm-web', null, page([issue('7')]));
    const reading = await readOne({}, createPages({ MAX_PAGES: '2' }));
    assert.deepEqual([counted(reading), reasons(reading)], [[['crm-web', 200]], [['totals', 'page_limit', 'crm-web']]]);
  });

  it('what the time does not allow: a gap, with time left for delivery', async () => {
    const deps = depsOf();
    projects();
    const slow: Reply = () => {
      deps.clock.advance(30_000);
      return page(many(100), 'a') as object;
    };
    events('crm-web', null, slow);
    events('crm-web', 'a', () => {
      deps.clock.advance(20_000);
      return page(many(100), 'b') as object;
    });
    const reading = await readOne({}, createPages({}, deps), scopeOf({ deadline: NOW + 60_000 }));
    assert.deepEqual(
      [counted(reading), reasons(reading)],
      [
        [['crm-web', 200]],
        [
          ['totals', 'not_answered', 'crm-web'],
          ['details', 'not_answered', 'crm-web'],
        ],
      ],
    );
    assert.match(reading.gaps[0]?.detail ?? '', /^the time for reading was over \(pages of events read: 2;/);
  });

  for (const [status, reason] of [
    [404, 'project_not_found'],
    [403, 'project_forbidden'],
    [500, 'not_answered'],
  ] as const) {
    it(`a project that is ${status}: a gap and no total of its own, the other is whole`, async () => {
      projects();
      events('crm-web', null, page(many(3)));
      events('crm-api', null, ...Array<Reply>(status === 500 ? 4 : 1).fill({ status, body: { detail: 'no' } }));
      issueList('crm-web', null, page([issue('7')]));
      const reading = await readOne(BOTH, createPages());
      assert.deepEqual([counted(reading), reasons(reading)], [[['crm-web', 3]], [['totals', reason, 'crm-api']]]);
    });
  }

  it('a project that was renamed: the same; any other redirect is trouble with the address', async () => {
    for (const [detail, reason] of [
      [{ code: 'resource-moved', message: 'Resource has been moved' }, 'project_not_found'],
      ['', 'not_answered'],
    ] as const) {
      projects();
      events('crm-web', null, page(many(3)));
      events('crm-api', null, { status: 302, body: { slug: 'crm-new', detail }, headers: { Location: '/elsewhere/' } });
      issueList('crm-web', null, page([issue('7')]));
      assert.deepEqual(reasons(await readOne(BOTH, createPages())), [['totals', reason, 'crm-api']]);
    }
  });

  it('a later page that is empty although it was promised, and names no next one: a gap', async () => {
    projects();
    events('crm-web', null, page(many(100), 'a'));
    events('crm-web', 'a', page([], 'no header'));
    issueList('crm-web', null, page([issue('7')]));
    const reading = await readOne({}, createPages());
    assert.deepEqual(
      [counted(reading), reasons(reading)],
      [[['crm-web', 100]], [['totals', 'pages_broken', 'crm-web']]],
    );
  });

  it('a later page: what was counted goes out, with the trouble', async () => {
    projects();
    events('crm-web', null, page(many(100), 'a'));
    events('crm-web', 'a', { status: 400, body: { detail: 'Invalid cursor parameter.' } });
    issueList('crm-web', null, page([issue('7')]));
    const reading = await readOne({}, createPages());
    assert.deepEqual(
      [counted(reading), reasons(reading)],
      [[['crm-web', 100]], [['totals', 'not_answered', 'crm-web']]],
    );
    assert.equal(
      reading.gaps[0]?.detail,
      'sentry-pages: answered 400: Invalid cursor parameter. (pages of events read before: 1)',
    );
  });

  it('all projects of a filter: its fault, and other filters are whole', async () => {
    projects();
    events('crm-api', null, { status: 401, body: { detail: 'Invalid token' } });
    events('crm-web', null, page(many(2)));
    issueList('crm-web', null, page([issue('7')]));
    const answers = await readAll(createPages(), [
      askOf({ name: 'api', projects: ['crm-api'] }),
      askOf({ name: 'web' }),
    ]);
    assert.deepEqual(answers.map((it) => ('fault' in it ? it.fault.message : counted(it.reading))).toSorted(), [
      [['crm-web', 2]],
      'sentry-pages: answered 401: Invalid token; check SENTRY_AUTH_TOKEN: an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
    ]);
  });

  it('events that are no list: the fault says where to look', async () => {
    projects();
    events('crm-web', null, { body: { data: [] } });
    await assert.rejects(
      readOne({}, createPages()),
      /^Error: sentry-pages: the events of a project are no list; check SENTRY_URL$/,
    );
  });

  it('more than MAX_ROWS issues: the totals are whole, the smallest issues are missing, and that is said', async () => {
    projects();
    events(
      'crm-web',
      null,
      page(
        Array.from({ length: 100 }, (_, n) => event('04:00', { groupID: String(1000 + n) })),
        'a',
      ),
    );
    events('crm-web', 'a', page([event('03:00', { groupID: '1099' }), event('03:00', { groupID: '1100' })]));
    issueList('crm-web', null, page(Array.from({ length: 101 }, (_, n) => issue(String(1000 + n)))));
    const reading = await readOne({}, createPages({ MAX_ROWS: '100' }));
    assert.deepEqual(
      [counted(reading), reasons(reading), reading.issues.length, reading.issues[0]?.issueId, reading.unattributed],
      [[['crm-web', 102]], [['issues', 'row_limit', undefined]], 100, '1099', 1],
    );
  });
});
