import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { at, box, id, idsOf, type Json, linkTo, NOW, rawEvents, TEN, WINDOW } from '../support.ts';

describe('sandbox: raw events of the newest Sentry', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
  });
  afterEach(() => sandbox.close());

  it('have the fields of a list, with message empty for a plain exception', async () => {
    sandbox.world.addEvents([
      at(5, {
        id: id('a'),
        project: 'web',
        issue: 7,
        title: 'TypeError: x is undefined',
        culprit: 'app.js in f',
        user: 'id:5',
        level: 'fatal',
        environment: 'production',
        release: '1.2.3',
        tags: { os: 'Linux' },
        metadata: { type: 'TypeError', value: 'x is undefined', filename: 'app.js' },
      }),
    ]);
    const { status, body } = await rawEvents(sandbox, 'web');
    assert.equal(status, 200);
    assert.deepEqual(body, [
      {
        eventID: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        id: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        projectID: '101',
        groupID: '7',
        'event.type': 'error',
        platform: 'javascript',
        dateCreated: '2026-11-20T10:00:05Z',
        title: 'TypeError: x is undefined',
        message: '',
        culprit: 'app.js in f',
        location: 'app.js',
        metadata: { type: 'TypeError', value: 'x is undefined', filename: 'app.js' },
        tags: [
          { key: 'environment', value: 'production' },
          { key: 'level', value: 'fatal' },
          { key: 'os', value: 'Linux' },
          { key: 'release', value: '1.2.3' },
          { key: 'user', value: 'id:5', query: 'user.id:"5"' },
        ],
        user: { id: '5', email: null, username: null, ip_address: null, name: null, data: null },
        crashFile: null,
      },
    ]);
  });

  it('may have a log message, a fraction of a second, an address for a user, and neither issue nor user', async () => {
    sandbox.world.addEvents([
      { at: '2026-11-20T10:00:05.250Z', project: 'web', message: 'disk full', title: 'disk full', level: null },
      at(4, { project: 'web', issue: 7, user: 'ip:127.0.0.1' }),
    ]);
    const [log, other] = (await rawEvents(sandbox, 'web')).body;
    assert.deepEqual(
      [log.dateCreated, log.message, log.groupID, log.user, log.culprit, log.location, log.tags],
      ['2026-11-20T10:00:05.250Z', 'disk full', null, null, null, null, []],
    );
    assert.deepEqual([other.user.ip_address, other.user.id], ['127.0.0.1', null]);
  });

  it('have the event of a merged issue under its target', async () => {
    sandbox.world.addEvents([at(5, { project: 'web', issue: 7 }), at(6, { project: 'web', issue: 8 })]);
    sandbox.world.mergeIssue('7', '8');
    assert.deepEqual(
      (await rawEvents(sandbox, 'web')).body.map((event: Json) => event.groupID),
      ['8', '8'],
    );
  });

  it('come newest first, by time and then by id, of one project, once they have arrived', async () => {
    sandbox.world.addEvents([
      at(1, { id: id('1'), project: 'web' }),
      at(2, { id: id('b'), project: 'web' }),
      at(2, { id: id('c'), project: 'web' }),
      at(2, { id: id('a'), project: 'web' }),
      at(9, { id: id('9'), project: 'api' }),
      at(3, { id: id('3'), project: 'web', arrivedAt: NOW + 1 }),
    ]);
    assert.deepEqual(idsOf((await rawEvents(sandbox, 'web')).body), [id('c'), id('b'), id('a'), id('1')]);
    sandbox.world.clock.set(NOW + 1);
    assert.deepEqual(idsOf((await rawEvents(sandbox, '101')).body), [id('3'), id('c'), id('b'), id('a'), id('1')]);
    sandbox.world.clock.set(NOW);
    assert.equal((await rawEvents(sandbox, 'web')).body.length, 4);
  });

  it('keep to start and end, half-open, and to statsPeriod', async () => {
    sandbox.world.addEvents([-1, 0, 299, 300].map((seconds, i) => at(seconds, { id: id(String(i)), project: 'web' })));
    assert.deepEqual(idsOf((await rawEvents(sandbox, 'web', WINDOW)).body), [id('2'), id('1')]);
    assert.deepEqual(idsOf((await rawEvents(sandbox, 'web', 'statsPeriod=3m')).body), [id('3'), id('2')]);
    assert.equal((await rawEvents(sandbox, 'web')).body.length, 4);
  });

  for (const query of [
    'start=2026-11-20T10:00:00',
    'end=2026-11-20T10:00:00',
    'start=yesterday&end=today',
    'statsPeriod=5',
    'start=2026-11-20T10:05:00&end=2026-11-20T10:00:00',
  ]) {
    it(`answer 400 to ${query}`, async () => {
      const { status, body } = await rawEvents(sandbox, 'web', query);
      assert.deepEqual([status, body], [400, { detail: 'Invalid date range parameters provided' }]);
    });
  }

  it('reach back 90 days without dates', async () => {
    sandbox.world.addEvents([at(-89 * 86_400, { project: 'web' }), at(-91 * 86_400, { project: 'web' })]);
    assert.equal((await rawEvents(sandbox, 'web')).body.length, 1);
  });

  it('are searched by query as text in the search message, whatever the case', async () => {
    sandbox.world.addEvents([
      at(1, { id: id('1'), project: 'web', title: 'Error: Card Declined' }),
      at(2, { id: id('2'), project: 'web', title: 'other', culprit: 'lib/CARD.js' }),
      at(3, { id: id('3'), project: 'web', title: 'other', message: 'no card' }),
      at(4, { id: id('4'), project: 'web', title: 'other', stack: [{ filename: 'card.js', function: 'card' }] }),
    ]);
    const found = async (query: string): Promise<string[]> =>
      idsOf((await rawEvents(sandbox, 'web', `query=${encodeURIComponent(query)}`)).body);
    assert.deepEqual(await found('card'), [id('3'), id('2'), id('1')]);
    assert.deepEqual(await found('card declined'), [id('1')]);
    assert.deepEqual(await found('message:card'), []);
    assert.deepEqual(await found(''), [id('4'), id('3'), id('2'), id('1')]);
    sandbox.world.addEvents([at(5, { id: id('5'), project: 'web', title: 'CARD' })]);
    assert.deepEqual(await found('card'), [id('5'), id('3'), id('2'), id('1')]);
  });

  it('come in another order with sample, the same each time', async () => {
    sandbox.world.addEvents(['3', '1', '2'].map((digit, i) => at(i, { id: id(digit), project: 'web' })));
    for (const value of ['1', 'true'])
      assert.deepEqual(idsOf((await rawEvents(sandbox, 'web', `sample=${value}`)).body), [id('1'), id('2'), id('3')]);
    assert.deepEqual(idsOf((await rawEvents(sandbox, 'web', 'sample=yes')).body), [id('2'), id('1'), id('3')]);
  });

  it('are whole with full, in smaller pages', async () => {
    sandbox.world.addEvents([
      at(1, { project: 'web', repeat: 50, arrivedAt: TEN + 2500, stack: [{ filename: 'a.js', function: 'f' }] }),
    ]);
    const full = await rawEvents(sandbox, 'web', 'full=1');
    assert.ok(full.body.length > 0 && full.body.length < 50);
    assert.deepEqual(linkTo('next', full), { results: 'true', cursor: `0:${String(full.body.length)}:0` });
    const [event] = full.body;
    assert.equal(event.dateReceived, '2026-11-20T10:00:02.500000Z');
    assert.equal(event.entries[0].data.values[0].stacktrace.frames[0].filename, 'a.js');
    const list = await rawEvents(sandbox, 'web', 'full=yes');
    assert.deepEqual([list.body.length, 'entries' in list.body[0], 'dateReceived' in list.body[0]], [50, false, false]);
  });

  it('come as pages by offset, the last one with results="false"', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', repeat: 250 })]);
    const first = await rawEvents(sandbox, 'web');
    assert.deepEqual(
      [first.body.length, linkTo('previous', first), linkTo('next', first)],
      [100, { results: 'false', cursor: '0:0:1' }, { results: 'true', cursor: '0:100:0' }],
    );
    const last = await rawEvents(sandbox, 'web', 'cursor=0:200:0');
    assert.deepEqual(
      [last.body.length, linkTo('previous', last), linkTo('next', last)],
      [50, { results: 'true', cursor: '0:100:1' }, { results: 'false', cursor: '0:300:0' }],
    );
    assert.equal((await rawEvents(sandbox, 'web', 'per_page=7&cursor=0:14:0')).body.length, 7);
    assert.match(
      first.headers.get('link') ?? '',
      /<http:\/\/internal\.sentry\.example\.com\/api\/0\/projects\/acme\/web\/events\/\?/,
    );
  });

  it('refuse a page size and a cursor that cannot be', async () => {
    const detail = async (query: string): Promise<unknown[]> => {
      const { status, body } = await rawEvents(sandbox, 'web', query);
      return [status, body.detail];
    };
    for (const size of ['0', '101', '-1'])
      assert.deepEqual(await detail(`per_page=${size}`), [400, 'Invalid per_page value. Must be between 1 and 100.']);
    assert.deepEqual(await detail('per_page=many'), [400, 'Invalid per_page parameter.']);
    for (const cursor of ['abc', '0:100', '0:-1:0', 'cD0x'])
      assert.deepEqual(await detail(`cursor=${cursor}`), [400, 'Invalid cursor parameter.']);
  });

  it('shift when events arrive between pages', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', repeat: 4 })]);
    const first = await rawEvents(sandbox, 'web', 'per_page=2');
    sandbox.world.addEvents([at(2, { project: 'web' })]);
    const second = await rawEvents(sandbox, 'web', 'per_page=2&cursor=0:2:0');
    assert.equal(second.body[0].id, first.body[1].id);
  });

  it('are a 404, 403 or 302 when the project is not there, closed or renamed', async () => {
    assert.deepEqual(
      [(await rawEvents(sandbox, 'never')).status, (await rawEvents(sandbox, 'never')).body],
      [404, { detail: 'The requested resource does not exist' }],
    );
    sandbox.world.forbidProject('api');
    assert.deepEqual([(await rawEvents(sandbox, 'api')).status, (await rawEvents(sandbox, '102')).status], [403, 403]);
    sandbox.world.deleteProject('api');
    assert.equal((await rawEvents(sandbox, 'api')).status, 404);
    sandbox.world.renameProject('web', 'shop');
    const { status, headers, body } = await rawEvents(sandbox, 'web', 'per_page=5');
    assert.deepEqual([status, headers.get('location')], [302, '/api/0/projects/acme/shop/events/?per_page=5']);
    assert.deepEqual([body.slug, body.detail.code, body.detail.extra.slug], ['shop', 'resource-moved', 'shop']);
  });

  it('want the scope project:read', async () => {
    sandbox.world.settings.scopes = ['org:read', 'event:read'];
    assert.equal((await rawEvents(sandbox, 'web')).status, 403);
    sandbox.world.settings.scopes = ['project:read'];
    assert.equal((await rawEvents(sandbox, 'web')).status, 200);
  });

  it('are named project-events in log, faults and limits, with a limit of their own', async () => {
    sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'project-events', kind: '429-rate', seconds: 9 });
    const refused = await rawEvents(sandbox, 'web');
    assert.deepEqual(
      [refused.status, refused.body.detail],
      [429, 'You are attempting to use this endpoint too frequently. Limit is 60 requests in 60 seconds'],
    );
    assert.equal(refused.headers.get('x-sentry-rate-limit-reset'), String(NOW / 1000 + 9));
    sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'project-events', kind: '429-concurrency' });
    assert.match((await rawEvents(sandbox, 'web')).body.detail, /Concurrency limit is 1$/);
    assert.equal((await rawEvents(sandbox, 'web')).headers.get('x-sentry-rate-limit-limit'), null);
    sandbox.world.limit('saas');
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push((await rawEvents(sandbox, 'web')).status);
    assert.deepEqual([statuses.filter((status) => status === 200).length, statuses[60]], [60, 429]);
    assert.deepEqual(
      sandbox.world.requests
        .all()
        .slice(0, 3)
        .map((one) => [one.endpoint, one.status, one.fault]),
      [
        ['project-events', 429, '429-rate'],
        ['project-events', 429, '429-concurrency'],
        ['project-events', 200, null],
      ],
    );
  });
});
