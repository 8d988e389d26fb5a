import assert from 'node:assert/strict';
import type { Reading } from '../../../../../src/core/model/reading.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { NOW } from '../../../../support/time/clock.ts';
import { createPages, event, events, issueList, page } from '../../../../support/sentry/pages.ts';
import { askOf, issue, projects, readAll, readOne } from '../../../../support/sentry/sentry.ts';

const BOTH = { projects: ['crm-web', 'crm-api'] };

function reasons({ gaps }: Reading): unknown[] {
  return gaps.map(({ part, reason, project }) => [part, reason, project]);
}

function many(count: number, at = '04:00'): unknown[] {
  return Array.from({ length: count }, () => event(at));
}

function counted({ totals }: Reading): unknown[] {
  return totals.map(({ project, events: count }) => [project, count]);
}

describe('Sentry read by pages: what events lack', () => {
  it('a time of their own: that of their arrival counts', async () => {
    projects();
    events(
      'crm-web',
      null,
      page([
        event('', { dateCreated: null, dateReceived: '2026-11-20T10:04:00Z' }),
        event('', { dateCreated: null, dateReceived: '2026-11-20T10:05:00Z' }),
      ]),
    );
    issueList('crm-web', null, page([issue('7')]));
    assert.deepEqual(counted(await readOne({}, createPages())), [['crm-web', 1]]);
  });

  it('any time, or any sense: they are left out, and that is a gap', async () => {
    projects();
    events(
      'crm-web',
      null,
      page([
        event('', { dateCreated: null }),
        event('', { dateCreated: 'soon' }),
        event('03:00'),
        'x',
        null,
        { title: 'no id' },
      ]),
    );
    issueList('crm-web', null, page([issue('7')]));
    const reading = await readOne({}, createPages());
    assert.deepEqual(
      [counted(reading), reasons(reading)],
      [
        [['crm-web', 1]],
        [
          ['totals', 'no_date', 'crm-web'],
          ['totals', 'not_known', 'crm-web'],
        ],
      ],
    );
    assert.deepEqual(
      reading.gaps.map(({ detail }) => detail?.slice(0, 8)),
      ['2 events', '3 entrie'],
    );
  });

  it('a clock that can be believed: more than a minute ahead, or a month behind, the arrival counts', async () => {
    const received = '2026-11-20T10:04:00Z';
    projects();
    events(
      'crm-web',
      null,
      page(
        [
          '2026-11-20T10:04:59Z',
          '2026-11-20T10:05:00Z',
          '2026-11-20T10:05:01Z',
          '2026-10-21T10:04:00Z',
          '2026-10-21T10:03:59Z',
        ].map((dateCreated) => event('', { dateCreated, dateReceived: received })),
      ),
    );
    issueList('crm-web', null, page([issue('7')]));
    // Of these the first is in the window; the second and the fourth are believed, and outside; the others arrived in it.
    assert.deepEqual(counted(await readOne({}, createPages())), [['crm-web', 3]]);
  });

  it('a level, an environment, a user: they match no filter on these, count no user, and a level that is wanted is a gap', async () => {
    projects();
    events(
      'crm-web',
      null,
      page([
        event('04:00', { tags: null, user: null }),
        event('04:00', {
          tags: [{ key: 'level' }, 7, { key: 'environment', value: 'production' }],
          user: { id: null },
        }),
      ]),
    );
    const answers = await readAll(createPages(), [
      askOf({ name: 'all' }, 'totals'),
      askOf({ name: 'level', levels: ['error'] }, 'totals'),
      askOf({ name: 'env', environments: ['production', 'x'] }, 'totals'),
    ]);
    const found = answers.map(
      (it) =>
        'reading' in it && [
          it.ask.filter.name,
          it.reading.totals[0]?.events,
          it.reading.totals[0]?.users,
          it.reading.gaps.map(({ part, reason, detail }) => [part, reason, detail?.slice(0, 23)]),
        ],
    );
    assert.deepEqual(found.toSorted(), [
      ['all', 2, 0, []],
      ['env', 1, 0, []],
      ['level', 0, 0, [['totals', 'not_known', '2 events tell no level,']]],
    ]);
  });

  it('an issue that its list knows: the event tells its title, and that is a gap in decoration', async () => {
    projects();
    events(
      'crm-web',
      null,
      page([
        event('04:00', { title: 'newest', tags: [{ key: 'level', value: 'fatal' }] }),
        event('03:00', { title: 'older' }),
      ]),
    );
    issueList('crm-web', null, page([issue('8', { lastSeen: '2026-11-20T10:01:00Z' })], 'a'));
    issueList('crm-web', 'a', page([issue('9', { lastSeen: '2026-11-20T09:59:00Z' })], 'b'));
    const reading = await readOne({}, createPages());
    const details = reading.details.get('7');
    assert.deepEqual(
      [details?.title, details?.culprit, details?.level, details?.firstSeen, details?.shortId],
      ['newest', 'app.pay', 'fatal', null, null],
    );
    assert.deepEqual(reasons(reading), [['details', 'not_known', undefined]]);
  });

  for (const [what, reply] of [
    ['refused', { status: 403, body: { detail: 'no' } }],
    ['no list', { body: { detail: 'x' } }],
  ] as const) {
    it(`an issue list that is ${what}: counts are whole, the details a gap`, async () => {
      projects();
      events('crm-web', null, page(many(2)));
      issueList('crm-web', null, reply);
      const reading = await readOne({}, createPages());
      assert.deepEqual(
        [counted(reading), reasons(reading), reading.details.get('7')?.title],
        [[['crm-web', 2]], [['details', 'not_answered', 'crm-web']], 'ValueError: one'],
      );
    });
  }
});

describe('Sentry read by pages: what the issue lists tell', () => {
  it('of one project cannot be had: said for it, and what the other does not know is said too', async () => {
    projects();
    events('crm-web', null, page(many(1)));
    events('crm-api', null, page([event('04:00', { groupID: '70' }), event('04:00', { groupID: '71' })]));
    issueList('crm-web', null, { status: 403, body: { detail: 'no' } });
    issueList('crm-api', null, page([issue('70')]));
    const reading = await readOne(BOTH, createPages());
    assert.deepEqual(reasons(reading), [
      ['details', 'not_answered', 'crm-web'],
      ['details', 'not_known', undefined],
    ]);
    assert.match(reading.gaps[1]?.detail ?? '', /^1 issues are not in their project's list \(deleted or merged\): 71$/);
  });

  it('ends after 20 pages, and says so', async () => {
    projects();
    events('crm-web', null, page(many(1)));
    for (let n = 0; n < 20; n++)
      issueList(
        'crm-web',
        n === 0 ? null : `c${n}`,
        page([issue(String(100 + n), { lastSeen: '2026-11-20T10:04:00Z' })], `c${n + 1}`),
      );
    const reading = await readOne({}, createPages());
    assert.deepEqual(
      [reasons(reading), reading.gaps[0]?.detail],
      [[['details', 'not_answered', 'crm-web']], 'more than 20 pages of issues'],
    );
  });

  it('is asked for the issues that can be shown', async () => {
    projects();
    events(
      'crm-web',
      null,
      page([...many(2), ...Array.from({ length: 100 }, (_, n) => event('04:00', { groupID: String(1000 + n) }))]),
    );
    issueList(
      'crm-web',
      null,
      page([...Array.from({ length: 100 }, (_, n) => issue(String(999 + n))), issue('7')], 'more'),
    );
    const reading = await readOne({}, createPages({ MAX_ROWS: '100' }));
    assert.deepEqual(
      [reading.issues.length, reading.issues[0]?.issueId, reasons(reading)],
      [100, '7', [['issues', 'row_limit', undefined]]],
    );
  });
});

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
      'sentry-pages: answered 401: Invalid token; check its key or token and what it may do',
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
