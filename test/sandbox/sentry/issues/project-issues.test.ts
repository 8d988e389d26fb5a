import assert from 'node:assert/strict';
import type { Sandbox } from '../../../../sandbox/index.ts';
import { at, box, linkTo, sentry, TEN } from '../../support.ts';

/** GET projects/{org}/{proj}/issues/. */
describe('sandbox: issues of a project', () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  async function open(
    flavour: 'sentry' | 'sentry-2019' | 'glitchtip',
    oldRelease: '9.x' | '10.x' = '10.x',
  ): Promise<void> {
    sandbox = await box({ flavour });
    sandbox.world.settings.oldRelease = oldRelease;
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
    sandbox.world.addProject({ slug: 'closed' });
    sandbox.world.forbidProject('closed');
    for (const [id, project, status] of [
      [7, 'web', 'unresolved'],
      [8, 'web', 'resolved'],
      [9, 'api', 'unresolved'],
    ] as const)
      sandbox.world.addIssue({ id, project, status, firstSeen: TEN - 86_400_000 });
    sandbox.world.addEvents([
      at(5, { project: 'web', issue: 7, repeat: 3 }),
      at(60, { project: 'web', issue: 8 }),
      at(9, { project: 'api', issue: 9 }),
    ]);
  }

  const list = (query: string, project = 'web') => sentry(sandbox, `projects/acme/${project}/issues/?${query}`);
  const ids = async (query: string): Promise<string[]> => (await list(query)).body.map((one: { id: string }) => one.id);

  for (const [flavour, release] of [
    ['sentry', '10.x'],
    ['sentry-2019', '10.x'],
    ['sentry-2019', '9.x'],
    ['glitchtip', '10.x'],
  ] as const) {
    it(`${flavour} ${release}: those of this project alone, last seen first, whatever their events' dates`, async () => {
      await open(flavour, release);
      if (flavour === 'glitchtip') sandbox.world.settings.glitchtipRelease = '2022';
      assert.deepEqual(await ids('query=&sort=date&statsPeriod=&limit=100'), ['8', '7']);
      assert.deepEqual(await ids('query=&sort=date&project=102'), ['8', '7']);
      const first = await list('query=&sort=date&limit=1');
      assert.deepEqual([first.body.length, linkTo('next', first)?.results], [1, 'true']);
      const second = await list(
        `query=&sort=date&limit=1&cursor=${encodeURIComponent(linkTo('next', first)?.cursor ?? '')}`,
      );
      assert.deepEqual(
        second.body.map(({ id, count }: { id: string; count: string }) => [id, count]),
        [['7', '3']],
      );
      assert.equal((await list('', 'nowhere')).status, 404);
    });
  }

  it('sentry: unresolved ones unless asked otherwise; statsPeriod is about timelines; a closed project is a 403', async () => {
    await open('sentry');
    assert.deepEqual(await ids(''), ['7']);
    assert.deepEqual(
      await ids('query=&start=2026-11-20T10:00:00&end=2026-11-20T10:00:30'),
      ['8', '7'],
      'there are no dates here',
    );
    const bad = await list('statsPeriod=1h');
    assert.deepEqual(
      [bad.status, bad.body.detail],
      [400, "Invalid stats_period. Valid choices are '', '24h', and '14d'"],
    );
    assert.equal((await list('', 'closed')).status, 403);
  });
});
