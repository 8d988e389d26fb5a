import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { allPages, ask, at, box, id, idsOf, type Json, linkTo, NOW, rawEvents, sentry, TEN } from '../support.ts';

describe('sandbox: GlitchTip', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box({ flavour: 'glitchtip' });
    sandbox.world.addProject({ slug: 'web', id: 101 });
  });
  afterEach(() => sandbox.close());

  const tell = async (headers: Record<string, string>): Promise<unknown[]> => {
    const { status, body } = await ask(`${sandbox.sentryUrl}/api/0/projects/acme/web/events/`, { headers });
    return [status, body.detail];
  };

  it('has no table of events', async () => {
    for (const path of ['events', 'eventsv2', 'events-stats', 'events-timeseries']) {
      const { status, headers, body } = await sentry(
        sandbox,
        `organizations/acme/${path}/?dataset=errors&field=count()`,
      );
      assert.deepEqual([status, headers.get('content-type'), body], [404, 'text/html; charset=utf-8', undefined]);
    }
    assert.equal(sandbox.world.requests.all()[0]?.endpoint, 'events-table');
  });

  it('answers 403 without a token and says its own words to a bad one', async () => {
    assert.deepEqual(await tell({}), [403, 'Authentication credentials were not provided.']);
    assert.deepEqual(await tell({ authorization: 'Basic abc' }), [
      403,
      'Authentication credentials were not provided.',
    ]);
    assert.deepEqual(await tell({ authorization: 'Bearer wrong' }), [401, 'Invalid token.']);
    assert.deepEqual(await tell({ authorization: `Bearer ${sandbox.keys.sentryToken}` }), [200, undefined]);
    sandbox.world.settings.scopes = ['org:read', 'project:read'];
    assert.deepEqual(await tell({ authorization: `Bearer ${sandbox.keys.sentryToken}` }), [
      403,
      'You do not have permission to perform this action.',
    ]);
  });

  it('shows an event with its issue, both dates and its whole body, and without what it does not know, its level too', async () => {
    sandbox.world.addEvents([
      {
        at: '2026-11-20T10:00:05.250Z',
        arrivedAt: TEN + 7000,
        id: id('a'),
        project: 'web',
        issue: 7,
        title: 'TypeError: x is undefined',
        culprit: 'app.js in f',
        user: 'id:5',
        level: 'fatal',
        environment: 'production',
        release: '1.2.3',
        transaction: '/cart',
        tags: { os: 'Linux' },
        stack: [{ filename: 'app.js', function: 'f' }],
      },
    ]);
    const [event] = (await rawEvents(sandbox, 'web')).body;
    const { entries, contexts: _contexts, sdk: _sdk, user, ...rest } = event;
    assert.deepEqual(rest, {
      eventID: id('a'),
      id: id('a'),
      groupID: '7',
      projectID: 101,
      context: null,
      culprit: 'app.js in f',
      dateCreated: '2026-11-20T10:00:05.250000Z',
      dateReceived: '2026-11-20T10:00:07Z',
      message: 'TypeError: x is undefined',
      metadata: { type: 'TypeError', value: 'x is undefined', title: 'TypeError: x is undefined' },
      packages: null,
      platform: 'javascript',
      tags: [
        { key: 'environment', value: 'production' },
        { key: 'release', value: '1.2.3' },
        { key: 'os', value: 'Linux' },
      ],
      title: 'TypeError: x is undefined',
      type: 'error',
    });
    assert.equal(entries[0].data.values[0].stacktrace.frames[0].filename, 'app.js');
    assert.ok(JSON.stringify(entries).length > 1000);
    assert.equal(user.id, '5');
  });

  it('of 2022: `issue` is a number, and an empty message stays empty', async () => {
    sandbox.world.settings.glitchtipRelease = '2022';
    sandbox.world.addEvents([at(1, { project: 'web', issue: 7 })]);
    const [{ issue, groupID, projectID, message }] = (await rawEvents(sandbox, 'web')).body;
    assert.deepEqual([issue, groupID, projectID, message], [7, undefined, undefined, '']);
  });

  it('shows what the client sent along, whatever its size', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', extra: 400_000, repeat: 3 })]);
    const { text } = await rawEvents(sandbox, 'web');
    assert.ok(text.length > 1_200_000 && text.length < 1_250_000, String(text.length));
  });

  it('dates an event by its arrival where the client sent none, or (2022) not at all', async () => {
    sandbox.world.addEvents([{ at: TEN - 3_600_000, arrivedAt: TEN + 7250, project: 'web', issue: 7, dateless: true }]);
    const datesNow = async (): Promise<unknown[]> => {
      const [event] = (await rawEvents(sandbox, 'web')).body;
      return [event.dateCreated, event.dateReceived];
    };
    assert.deepEqual(await datesNow(), ['2026-11-20T10:00:07.250000Z', '2026-11-20T10:00:07.250000Z']);
    sandbox.world.settings.glitchtipRelease = '2022';
    assert.deepEqual(await datesNow(), [null, '2026-11-20T10:00:07.250000Z']);
    assert.equal(sandbox.world.truth({ start: TEN, end: TEN + 300_000 }).total.events, 1);
    assert.equal(sandbox.world.truth({ start: TEN - 3_600_000, end: TEN }).total.events, 0);
    sandbox.world.setFlavour('sentry');
    assert.equal((await rawEvents(sandbox, 'web')).body[0].dateCreated, '2026-11-20T10:00:07Z');
  });

  it('tells null for an event without an issue or a user', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', level: 'fatal' })]);
    const [event] = (await rawEvents(sandbox, 'web')).body;
    assert.deepEqual([event.tags, event.groupID, event.user], [[], null, null]);
  });

  it("lists newest received first, whatever the client's clock said", async () => {
    sandbox.world.addEvents([
      at(100, { id: id('1'), project: 'web', arrivedAt: TEN + 10_000 }),
      at(1, { id: id('2'), project: 'web', arrivedAt: TEN + 30_000 }),
      at(50, { id: id('3'), project: 'web', arrivedAt: TEN + 20_000 }),
      at(2, { id: id('4'), project: 'web', arrivedAt: NOW + 1 }),
    ]);
    assert.deepEqual(idsOf((await rawEvents(sandbox, 'web')).body), [id('2'), id('3'), id('1')]);
    sandbox.world.clock.set(NOW + 1);
    assert.deepEqual(idsOf((await rawEvents(sandbox, 'web')).body), [id('4'), id('2'), id('3'), id('1')]);
  });

  it('ignores dates, query, per_page, full and sample', async () => {
    sandbox.world.addEvents([at(-900, { project: 'web', repeat: 60 })]);
    const { status, body } = await rawEvents(
      sandbox,
      'web',
      'start=2026-11-20T10:00:00&end=never&statsPeriod=x&query=nothing&per_page=999&full=1&sample=1',
    );
    assert.deepEqual([status, body.length], [200, 50]);
  });

  it('has pages of 50, or of limit up to 100', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', repeat: 150 })]);
    const size = async (limit: string): Promise<number> =>
      (await rawEvents(sandbox, 'web', `limit=${limit}`)).body.length;
    assert.deepEqual(
      [
        await size('7'),
        await size('100'),
        await size('101'),
        await size('0'),
        await size('-1'),
        await size('many'),
        await size(''),
      ],
      [7, 100, 100, 50, 50, 50, 50],
    );
  });

  it('leads on by an opaque cursor, and at the end names none', async () => {
    sandbox.world.addEvents([1, 2, 3].map((seconds) => at(seconds, { id: id(String(seconds)), project: 'web' })));
    const first = await rawEvents(sandbox, 'web', 'limit=2&x=1');
    // "p=2026-11-20 10:00:01+00:00", percent-encoded, in base64.
    const cursor = 'cD0yMDI2LTExLTIwKzEwJTNBMDAlM0EwMSUyQjAwJTNBMDA=';
    const base = `${sandbox.url}/api/0/projects/acme/web/events/?limit=2&x=1`;
    const entries = `<${base}>; rel="previous"; results="false", <${base}&cursor=${cursor.replace('=', '%3D')}>; rel="next"; results="true"; cursor="${cursor}"`;
    assert.equal(first.headers.get('link'), `{'${entries}'}`, 'as Python prints a set');
    sandbox.world.settings.glitchtipRelease = '2022';
    assert.equal((await rawEvents(sandbox, 'web', 'limit=2&x=1')).headers.get('link'), entries);
    const last = await rawEvents(sandbox, 'web', `limit=2&x=1&cursor=${encodeURIComponent(cursor)}`);
    assert.deepEqual(idsOf(last.body), [id('1')]);
    assert.deepEqual(linkTo('next', last), { results: 'false', cursor: undefined });
    assert.match(last.headers.get('link') ?? '', new RegExp(`<[^>]*&cursor=cD0y[^>]*>; rel="next"; results="false"$`));
    sandbox.world.settings.glitchtipRelease = '5.1';
    const back = await rawEvents(
      sandbox,
      'web',
      `limit=2&cursor=${encodeURIComponent(linkTo('previous', last)?.cursor ?? '')}`,
    );
    assert.deepEqual(idsOf(back.body), [id('3'), id('2')]);
  });

  it('says how many there are, up to 1000', async () => {
    const hits = async (): Promise<unknown[]> => {
      const { headers } = await rawEvents(sandbox, 'web');
      return [headers.get('x-hits'), headers.get('x-max-hits')];
    };
    assert.deepEqual(await hits(), ['0', '1000']);
    sandbox.world.addEvents([at(1, { project: 'web', repeat: 52 })]);
    assert.deepEqual(await hits(), ['52', '1000']);
    sandbox.world.addEvents([at(1, { project: 'web', repeat: 1000 })]);
    assert.deepEqual(await hits(), ['1000', '1000']);
  });

  it('refuses a cursor that is not its own', async () => {
    sandbox.world.addEvents([at(1, { project: 'web' })]);
    for (const cursor of ['0:100:0', 'abc', 'aGVsbG8=', 'cD1ub3c=', 'cD0yMDI2%3D%3D', '%00']) {
      const { status, body } = await rawEvents(sandbox, 'web', `cursor=${encodeURIComponent(cursor)}`);
      assert.deepEqual([status, body], [400, ['Invalid page cursor']], cursor);
    }
  });

  it('keeps its pages when newer events arrive in between', async () => {
    sandbox.world.addEvents(Array.from({ length: 5 }, (_, i) => at(i, { id: id(String(i)), project: 'web' })));
    const first = await rawEvents(sandbox, 'web', 'limit=2');
    sandbox.world.addEvents([at(60, { project: 'web', repeat: 3 })]);
    const second = await rawEvents(
      sandbox,
      'web',
      `limit=2&cursor=${encodeURIComponent(linkTo('next', first)?.cursor ?? '')}`,
    );
    assert.deepEqual(idsOf(first.body).concat(idsOf(second.body)), [id('4'), id('3'), id('2'), id('1')]);
  });

  it('pages through many events of one instant', async () => {
    sandbox.world.addEvents([
      at(1, { project: 'web', repeat: 7 }),
      at(2, { project: 'web' }),
      at(0, { project: 'web' }),
    ]);
    const pages = await allPages(sandbox, 'web', 'limit=2');
    assert.deepEqual(
      pages.map((page) => page.length),
      [2, 2, 2, 2, 1],
    );
    assert.equal(new Set(pages.flat().map((event: Json) => event.id)).size, 9);
  });
});
