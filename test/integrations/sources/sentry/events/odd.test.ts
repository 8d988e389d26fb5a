import assert from 'node:assert/strict';
import { createPages, environments, event, events, issueList, page } from '../../../../support/sentry/pages.ts';
import { askOf, issue, projects, readAll, readOne } from '../../../../support/sentry/sentry.ts';
import { BOTH, reasons, many, counted } from './odd-events.ts';

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

  it('any measure: texts are cut where they come in, and searched whole', async () => {
    projects();
    const long = `${'x'.repeat(200_000)} needle`;
    const tags = [{ key: 'release', value: long }];
    events('crm-web', null, page([event('03:00', { title: long, culprit: long, metadata: {}, tags, level: 'error' })]));
    issueList('crm-web', null, page([{ id: 8 }, 'x', { id: {} }]));
    const reading = await readOne({ searchTerms: ['needle'], tags: ['release'] }, createPages());
    const cut = `${'x'.repeat(4095)}…`;
    const [details] = reading.details.values();
    assert.deepEqual([details?.title, details?.culprit, reading.splits[0]?.tags], [cut, cut, { release: cut }]);
    assert.deepEqual(
      reading.gaps.map(({ part, detail }) => [part, detail]),
      [['details', '2 entries in the list of issues are no issues']],
    );
  });

  it('a title that is no text: it is shown as it came', async () => {
    projects();
    events('crm-web', null, page([event('03:00', { title: { a: 'needle' }, metadata: {} })]));
    issueList('crm-web', null, page([]));
    const reading = await readOne({ searchTerms: ['needle'] }, createPages());
    assert.deepEqual(
      [...reading.details.values()].map(({ title }) => title),
      ['{"a":"needle"}'],
    );
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
    // The first is in the window; the second and the fourth are believed, and outside; the others arrived in it.
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
    issueList('crm-web', null, page([issue('7', { level: null })]));
    environments('crm-web', { body: [{ name: 'production' }, { name: 'x' }] });
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
