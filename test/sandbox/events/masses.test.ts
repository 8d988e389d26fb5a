import assert from 'node:assert/strict';
import type { EventInput, Sandbox } from '../../../sandbox/index.ts';
import { allPages, at, box, type Json, NOW, post, rawEvents, sentry, table, TEN, WINDOW } from '../support.ts';

/** Seconds of each mass from 10:00, and what its events share. */
const MASSES = [
  {
    from: 0,
    to: 300,
    project: 'web',
    issue: 11,
    count: 9_001,
    users: 700,
    firstUser: 0,
    title: 'TypeError: basket is empty',
    level: 'error',
    release: '1.4',
    environment: 'production',
    tags: { browser: 'Firefox' },
  },
  {
    from: -600,
    to: 240,
    project: 'web',
    issue: 11,
    count: 997,
    users: 50,
    firstUser: 680,
    title: 'TypeError: basket is empty',
    level: 'fatal',
    release: '1.5',
    environment: 'staging',
    tags: {},
  },
  {
    from: 0,
    to: 300,
    project: 'web',
    issue: 12,
    count: 300,
    users: 0,
    firstUser: 0,
    title: 'Timeout: no answer',
    level: 'warning',
    release: '1.4',
    environment: 'production',
    tags: { browser: 'Safari' },
  },
  {
    from: 13,
    to: 14,
    project: 'api',
    issue: 21,
    count: 4_000,
    users: 4_000,
    firstUser: 100,
    title: 'Refused: card declined',
    level: 'error',
    release: null,
    environment: 'production',
    tags: {},
  },
  {
    from: 100,
    to: 900,
    project: 'api',
    issue: 22,
    count: 5_702,
    users: 333,
    firstUser: 4_000,
    title: 'Refused: card "expired"',
    level: 'error',
    release: '2.0',
    environment: 'staging',
    tags: {},
  },
] as const;
/** Beside them as single events in both. */
const SINGLE: EventInput[] = [
  at(5, { project: 'web', issue: 12, title: 'Timeout: no answer', user: 'id:3' }),
  at(6, { project: 'api', issue: 23, user: 'ip:10.0.0.1' }),
  at(7, { project: 'api', issue: 22, user: 'id:4001' }),
];

function massInputs(): Json[] {
  return MASSES.map(({ from, to, ...rest }) => ({ ...rest, start: TEN + from * 1000, end: TEN + to * 1000 }));
}

/** The same events one by one, by the words of the type: evenly over the seconds, users in turn. */
function eventInputs(): EventInput[] {
  return MASSES.flatMap(({ from, to, count, users, firstUser, ...rest }) =>
    Array.from({ length: count }, (_, i): EventInput => ({
      ...rest,
      at: TEN + (from + Math.floor((i * (to - from)) / count)) * 1000,
      user: users === 0 ? null : `id:${firstUser + (i % users)}`,
    })),
  );
}

describe('the sandbox: masses of events', () => {
  const boxes: Sandbox[] = [];
  before(async () => {
    boxes.push(await box(), await box());
    const [massed, single] = boxes as [Sandbox, Sandbox];
    for (const { world } of boxes) {
      for (const slug of ['web', 'api', 'quiet']) world.addProject({ slug });
      world.addEvents(SINGLE);
    }
    assert.equal((await post(`${massed.url}/sandbox/masses`, massInputs())).status, 200);
    single.world.addEvents(eventInputs());
    assert.equal(eventInputs().length, 20_000);
  });
  after(async () => {
    for (const one of boxes) await one.close();
  });

  /** The answer of both, which must be the same; gives it back. */
  async function both(
    what: (sandbox: Sandbox) => Promise<{ status: number; body: Json; headers: Headers }>,
  ): Promise<Json> {
    const [massed, single] = (await Promise.all(boxes.map(what))) as [
      Awaited<ReturnType<typeof what>>,
      Awaited<ReturnType<typeof what>>,
    ];
    const bare = (text: string): string => text.replaceAll(/127\.0\.0\.1:\d+/g, 'here');
    assert.equal(massed.status, 200, JSON.stringify(massed.body));
    assert.equal(bare(JSON.stringify(massed.body)), bare(JSON.stringify(single.body)));
    assert.equal(massed.headers.get('link'), single.headers.get('link'));
    return massed.body;
  }

  const TOTALS =
    'field=project.id&field=count()&field=count_unique(user)&field=last_seen()&sort=-count()&sort=project.id';
  const ROWS = 'field=issue.id&field=project.id&field=count()&field=count_unique(user)&sort=-count()&sort=issue.id';
  for (const [name, query] of [
    ['totals', TOTALS],
    ['rows by issue', ROWS],
    [
      'rows by issue and tags',
      `field=issue.id&field=release&field=tags[browser]&field=level&field=count()&sort=-count()&sort=issue.id&sort=release&sort=level`,
    ],
    ['one number', 'field=count()&field=count_unique(user)&field=last_seen()'],
    ['issues counted', 'field=count_unique(issue.id)&field=count()'],
    ['a second page', `${ROWS}&per_page=2&cursor=0:2:0`],
    ['a literal term', `${TOTALS}&query=message:"BASKET"`],
    ['terms by OR', `${TOTALS}&query=(message:"card" OR message:"no answer")`],
    ['a quoted term', `${ROWS}&query=message:"card \\"expired\\""`],
    ['levels', `${TOTALS}&query=(level:error OR level:fatal) !message:"declined"`],
    ['an environment', `${ROWS}&environment=staging`],
    ['a tag', `${ROWS}&query=browser:Firefox`],
    ['named issues', `${ROWS}&query=issue.id:[11,22]`],
    ['a condition on rows', `${ROWS}&query=count():>4000`],
    ['nothing', `${ROWS}&query=message:"nowhere"`],
  ] as const) {
    it(`answers ${name} as from single events`, async () => {
      const { data } = await both((sandbox) => table(sandbox, query));
      assert.equal(data.length > 0, name !== 'nothing');
    });
  }

  for (const [start, end] of [
    ['09:50:00', '10:05:00'],
    ['10:00:13', '10:00:14'],
    ['10:00:14', '10:00:15'],
    ['10:01:07', '10:03:59'],
    ['10:04:59', '10:05:00'],
    ['10:06:00', '10:20:00'],
  ]) {
    it(`cuts them at the second: ${start} to ${end}, and at the clock`, async () => {
      await both((sandbox) =>
        sentry(
          sandbox,
          `organizations/acme/events/?dataset=errors&project=-1&start=2026-11-20T${start}&end=2026-11-20T${end}&${TOTALS}`,
        ),
      );
      await both((sandbox) =>
        sentry(
          sandbox,
          `organizations/acme/events/?dataset=errors&project=-1&start=2026-11-20T${start}&end=2026-11-20T${end}&${ROWS}`,
        ),
      );
    });
  }

  it('counts by hand: the clock stands at 10:07, so of 5,702 over 800 s the first 320 + 1 s are there', async () => {
    const {
      data: [row],
    } = await both((sandbox) =>
      sentry(
        sandbox,
        'organizations/acme/events/?dataset=errors&project=-1&start=2026-11-20T10:00:00&end=2026-11-20T11:00:00&field=count()&query=release:2.0',
      ),
    );
    // floor(i · 800 / 5702) <= 320 holds for i < 321 · 5702 / 800 = 2287.9
    assert.equal(row['count()'], 2_288);
  });

  it('shows issues with dates, without them, and by id, as from single events', async () => {
    for (const query of [
      'group=11&group=22&group=23',
      `group=11&group=12&${WINDOW}`,
      `query=&sort=freq&${WINDOW}`,
      `query=basket&sort=user&${WINDOW}`,
      'query=is:unresolved&sort=new',
    ]) {
      const issues = await both((sandbox) =>
        sentry(sandbox, `organizations/acme/issues/?project=-1&groupStatsPeriod=&limit=100&${query}`),
      );
      assert.ok(issues.length > 0, query);
    }
  });

  it('lists them one by one, and tells the same truth', async () => {
    const shown = await Promise.all(
      boxes.map(async (one) =>
        (await allPages(one, 'web', WINDOW))
          .flat()
          .map((event: Json) => `${event.dateCreated} ${event.groupID} ${event.user?.id} ${event.title}`)
          .toSorted(),
      ),
    );
    assert.deepEqual(shown[0], shown[1]);
    assert.ok(shown[0]!.length > 9_000);
    const [massed, single] = boxes.map(({ world }) =>
      world.truth({ start: TEN, end: TEN + 300_000, tags: ['release'] }),
    );
    assert.deepEqual(massed, single);
  });

  it('tells apart what it cannot know: a search for a user, a group by time, a list of too many', async () => {
    const [massed] = boxes as [Sandbox];
    assert.equal((await table(massed, 'field=count()&query=user:"id:5"')).status, 500);
    assert.equal((await table(massed, 'field=timestamp&field=count()')).status, 500);
    massed.world.addProject({ slug: 'huge' });
    massed.world.addMasses([{ start: TEN, end: NOW - 120_000, project: 'huge', issue: 99, count: 1_000_000 }]);
    assert.equal((await table(massed, 'field=count()&query=project:huge')).body.data[0]['count()'], 1_000_000);
    assert.equal((await rawEvents(massed, 'huge', WINDOW)).status, 500);
  });
});
