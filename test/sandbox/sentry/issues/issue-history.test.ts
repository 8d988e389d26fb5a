import assert from 'node:assert/strict';
import type { Sandbox } from '../../../../sandbox/index.ts';
import { at, box, type Json, sentry, TEN, WINDOW } from '../../support.ts';

const DAY = 86_400_000;

describe('sandbox: what an issue went through', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
  });
  afterEach(() => sandbox.close());

  const listed = async (query = ''): Promise<Json> =>
    (await sentry(sandbox, `organizations/acme/issues/?project=101&group=7${query}`)).body[0];
  const one = async (): Promise<Json> => (await sentry(sandbox, 'organizations/acme/issues/7/')).body;

  it('with an environment it was first seen when an event of it first came in there, else at the first event', async () => {
    sandbox.world.addEnvironment('empty');
    sandbox.world.addEvents([
      at(-600, { project: 'web', issue: 7, environment: 'staging' }),
      at(5, { project: 'web', issue: 7, environment: 'production', arrivedAt: TEN + 9000 }),
      at(4, { project: 'web', issue: 7, environment: 'production', arrivedAt: TEN + 20_000 }),
    ]);
    const first = async (query: string): Promise<unknown> => (await listed(query)).lifetime.firstSeen;
    assert.equal(await first(''), '2026-11-20T09:50:00Z');
    assert.equal(await first('&environment=production'), '2026-11-20T10:00:09Z');
    assert.equal(await first(`&environment=production&${WINDOW}`), '2026-11-20T10:00:09Z');
    assert.equal(await first('&environment=production&environment=staging'), '2026-11-20T09:50:00Z');
    assert.equal(await first('&environment=empty'), null);
    assert.equal(
      (await listed('&environment=production')).firstSeen,
      '2026-11-20T10:00:09Z',
      'without dates also here',
    );
  });

  it('regressed when the first event comes in after it was resolved, for seven days, with its history', async () => {
    sandbox.world.addIssue({ id: 7, project: 'web', firstSeen: TEN - DAY, resolvedAt: [TEN - 3_600_000] });
    sandbox.world.addEvents([
      at(-7200, { project: 'web', issue: 7 }),
      at(60, { project: 'web', issue: 7, arrivedAt: TEN + 62_000, release: '1.2' }),
      at(120, { project: 'web', issue: 7 }),
    ]);
    const state = async (now: number): Promise<unknown> => {
      sandbox.world.clock.set(now);
      const { status, substatus } = await listed();
      return [status, substatus];
    };
    assert.deepEqual(await state(TEN + 61_999), ['resolved', null]);
    assert.deepEqual(await state(TEN + 62_000), ['unresolved', 'regressed']);
    assert.deepEqual(await state(TEN + 62_000 + 7 * DAY - 1), ['unresolved', 'regressed']);
    assert.deepEqual(
      (await one()).activity.map(({ type, dateCreated }: Json) => [type, dateCreated]),
      [
        ['set_regression', '2026-11-20T10:01:02Z'],
        ['set_resolved', '2026-11-20T09:00:00Z'],
        ['first_seen', '2026-11-19T10:00:00Z'],
      ],
    );
    assert.deepEqual(await state(TEN + 62_000 + 7 * DAY), ['unresolved', 'ongoing']);
    assert.equal((await one()).activity[0].type, 'auto_set_ongoing');
    assert.equal('activity' in (await listed()), false, 'no list has it');
  });

  it('without one only its first event is told', async () => {
    sandbox.world.addIssue({ id: 7, project: 'web', substatus: 'regressed' });
    sandbox.world.addEvents([at(5, { project: 'web', issue: 7 })]);
    const { activity, tags, stats } = (await sentry(sandbox, 'organizations/acme/issues/7/?collapse=tags')).body;
    assert.deepEqual(
      [activity.map(({ type }: { type: string }) => type), tags, stats],
      [['first_seen'], undefined, {}],
    );
  });
});
