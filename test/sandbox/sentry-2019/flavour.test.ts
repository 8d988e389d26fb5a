import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import {
  allPages,
  at,
  box,
  id,
  idsOf,
  type Json,
  linkTo,
  NOW,
  rawEvents,
  sentry,
  table,
  TEN,
  WINDOW,
} from '../support.ts';

describe('sandbox: Sentry of 2019', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box({ flavour: 'sentry-2019' });
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
  });
  afterEach(() => sandbox.close());

  describe('raw events of a project', () => {
    it('come whatever the dates say', async () => {
      sandbox.world.addEvents([at(-3600, { project: 'web' }), at(1, { project: 'web' })]);
      for (const query of [WINDOW, 'start=soon', 'statsPeriod=x', 'sample=1'])
        assert.equal((await rawEvents(sandbox, 'web', query)).body.length, 2, query);
    });

    it('have the search message where there is no log message', async () => {
      sandbox.world.addEvents([
        at(2, {
          project: 'web',
          issue: 7,
          title: 'TypeError: x',
          culprit: 'app.js in f',
          metadata: { type: 'TypeError', value: 'x', filename: 'app.js' },
        }),
        at(1, { project: 'web', message: 'disk full', culprit: 'lib.js' }),
      ]);
      const { body } = await rawEvents(sandbox, 'web');
      assert.deepEqual(
        body.map((event: Json) => event.message),
        ['TypeError x app.js app.js in f TypeError: x', 'disk full'],
      );
      assert.deepEqual(
        [body[0].groupID, body[0].dateCreated, body[0].projectID, body[0].metadata.type],
        ['7', '2026-11-20T10:00:02Z', '101', 'TypeError'],
      );
    });

    it('are searched by query', async () => {
      sandbox.world.addEvents([
        at(1, { id: id('1'), project: 'web', title: 'Error: Card' }),
        at(2, { id: id('2'), project: 'web' }),
      ]);
      assert.deepEqual(idsOf((await rawEvents(sandbox, 'web', 'query=CARD')).body), [id('1')]);
    });

    it('are whole when full is anything', async () => {
      sandbox.world.addEvents([at(1, { project: 'web', repeat: 50 })]);
      const { body } = await rawEvents(sandbox, 'web', 'full=yes');
      assert.deepEqual([body.length, 'entries' in body[0]], [50, true]);
      assert.equal('entries' in (await rawEvents(sandbox, 'web', 'full=')).body[0], false);
    });

    it('have offset cursors in 10.x, which shift', async () => {
      sandbox.world.addEvents([at(1, { project: 'web', repeat: 5 })]);
      const first = await rawEvents(sandbox, 'web', 'per_page=2');
      assert.deepEqual(linkTo('next', first), { results: 'true', cursor: '0:2:0' });
      sandbox.world.addEvents([at(2, { project: 'web' })]);
      assert.equal((await rawEvents(sandbox, 'web', 'per_page=2&cursor=0:2:0')).body[0].id, first.body[1].id);
    });

    it('have date cursors in 9.x, which do not', async () => {
      sandbox.world.settings.oldRelease = '9.x';
      sandbox.world.addEvents(Array.from({ length: 5 }, (_, i) => at(i, { id: id(String(i)), project: 'web' })));
      const first = await rawEvents(sandbox, 'web', 'per_page=2');
      assert.deepEqual(
        [linkTo('previous', first), linkTo('next', first)],
        [
          { results: 'false', cursor: `${String(TEN + 4000)}:0:1` },
          { results: 'true', cursor: `${String(TEN + 2000)}:0:0` },
        ],
      );
      sandbox.world.addEvents([at(60, { project: 'web', repeat: 3 })]);
      const second = await rawEvents(sandbox, 'web', `per_page=2&cursor=${linkTo('next', first)?.cursor ?? ''}`);
      assert.deepEqual(idsOf(second.body), [id('2'), id('1')]);
      const third = await rawEvents(sandbox, 'web', `per_page=2&cursor=${linkTo('next', second)?.cursor ?? ''}`);
      assert.deepEqual([idsOf(third.body), linkTo('next', third)?.results], [[id('0')], 'false']);
      const back = await rawEvents(sandbox, 'web', `per_page=2&cursor=${linkTo('previous', third)?.cursor ?? ''}`);
      assert.deepEqual(idsOf(back.body), [id('2'), id('1')]);
      for (const cursor of ['abc', '0:0', 'cD0x'])
        assert.equal((await rawEvents(sandbox, 'web', `cursor=${cursor}`)).status, 400, cursor);
    });

    it('come whole through date cursors when many have one time', async () => {
      sandbox.world.settings.oldRelease = '9.x';
      sandbox.world.addEvents([
        at(1, { project: 'web', repeat: 7 }),
        at(2, { project: 'web' }),
        at(0, { project: 'web' }),
      ]);
      const pages = await allPages(sandbox, 'web', 'per_page=2');
      assert.deepEqual(
        pages.map((page) => page.length),
        [2, 2, 2, 2, 1],
      );
      assert.equal(new Set(pages.flat().map((event: Json) => event.id)).size, 9);
    });

    it('are a 404, 403 or 302 as today', async () => {
      sandbox.world.forbidProject('api');
      sandbox.world.renameProject('web', 'shop');
      assert.deepEqual(
        [
          (await rawEvents(sandbox, 'never')).status,
          (await rawEvents(sandbox, 'api')).status,
          (await rawEvents(sandbox, 'web')).status,
        ],
        [404, 403, 302],
      );
    });
  });

  describe('events of the organization', () => {
    it('are a bare list of events in 10.x, whatever columns are asked for', async () => {
      sandbox.world.addEvents([
        at(1, { id: id('1'), project: 'web', issue: 7 }),
        at(2, { id: id('2'), project: 'api' }),
        at(400, { id: id('3'), project: 'api' }),
      ]);
      const { status, body, headers } = await table(sandbox, 'field=count()&sort=-count()&field=last_seen()');
      assert.deepEqual([status, idsOf(body)], [200, [id('2'), id('1')]]);
      assert.deepEqual(
        [body[1].groupID, body[1].projectID, body[1]['event.type'], 'count()' in body[0]],
        ['7', '101', 'error', false],
      );
      assert.match(headers.get('link') ?? '', /rel="next"; results="false"/);
      assert.equal((await sentry(sandbox, 'organizations/acme/events/?project=-1')).body.length, 3);
    });

    it('are searched in search syntax, narrowed by project and paged', async () => {
      sandbox.world.addEvents([
        at(1, { id: id('1'), project: 'web', level: 'fatal' }),
        at(2, { project: 'api', level: 'fatal' }),
        at(3, { project: 'web' }),
      ]);
      assert.deepEqual(idsOf((await table(sandbox, 'project=101&query=level:fatal')).body), [id('1')]);
      assert.equal((await table(sandbox, 'query=is:new')).status, 400);
      const page = await table(sandbox, 'per_page=2');
      assert.deepEqual([page.body.length, linkTo('next', page)?.cursor], [2, '0:2:0']);
    });

    it('are an empty list when no project is named, and refuse slugs and unknown ids', async () => {
      sandbox.world.addEvents([at(1, { project: 'web' })]);
      const { status, body } = await sentry(sandbox, `organizations/acme/events/?${WINDOW}`);
      assert.deepEqual([status, body], [200, []]);
      assert.equal((await table(sandbox, 'project=web')).status, 400);
      assert.equal((await table(sandbox, 'project=999')).status, 403);
      assert.equal((await table(sandbox, 'environment=nowhere')).status, 404);
    });

    it('and its issues are a 404 with an empty body in 9.x', async () => {
      sandbox.world.settings.oldRelease = '9.x';
      for (const path of ['events', 'issues', 'eventsv2']) {
        const { status, text } = await sentry(sandbox, `organizations/acme/${path}/?project=-1`);
        assert.deepEqual([status, text], [404, ''], path);
      }
      assert.equal((await sentry(sandbox, 'organizations/acme/projects/')).body.length, 2);
    });
  });

  describe('issues', () => {
    beforeEach(() => {
      sandbox.world.addIssue({
        id: 7,
        project: 'web',
        title: 'A: one',
        firstSeen: TEN - 86_400_000,
        olderEvents: 40,
        substatus: 'regressed',
      });
      sandbox.world.addEvents([at(5, { project: 'web', issue: 7 }), at(6, { project: 'web', issue: 7 })]);
    });

    const issues = (query: string) => sentry(sandbox, `organizations/acme/issues/?project=-1&${query}`);

    it('have the numbers of all time and nothing that came later', async () => {
      const [issue] = (await issues(`group=7&${WINDOW}&collapse=stats&expand=inbox&groupStatsPeriod=`)).body;
      assert.deepEqual(
        [issue.count, issue.firstSeen, issue.lastSeen, issue.shortId, issue.status],
        ['42', '2026-11-19T10:00:00Z', '2026-11-20T10:00:06Z', 'WEB-1', 'unresolved'],
      );
      for (const key of [
        'substatus',
        'priority',
        'priorityLockedAt',
        'issueType',
        'issueCategory',
        'isUnhandled',
        'filtered',
        'lifetime',
        'stats',
      ])
        assert.equal(key in issue, false, key);
    });

    it('are searched as today, with fewer periods', async () => {
      assert.deepEqual(
        (await issues(`${WINDOW}&query=is:unresolved&limit=5`)).body.map((one: Json) => one.id),
        ['7'],
      );
      assert.deepEqual((await issues('groupStatsPeriod=auto')).body, {
        detail: "Invalid stats_period. Valid choices are '', '24h', and '14d'",
      });
      assert.equal('stats' in (await issues('group=7')).body[0], true);
    });
  });

  it('waits for arrivals as any other', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', arrivedAt: NOW + 1 })]);
    assert.deepEqual([(await rawEvents(sandbox, 'web')).body, (await table(sandbox, '')).body], [[], []]);
  });
});
