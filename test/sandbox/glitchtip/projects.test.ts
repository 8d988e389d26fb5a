import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { at, box, type Json, linkTo, rawEvents, sentry, TEN } from '../support.ts';

const STATS = 'category=error&interval=1h&field=sum(quantity)&start=2026-11-20T08:30:00Z&end=2026-11-20T10:07:00Z';

describe('sandbox: projects of GlitchTip', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box({ flavour: 'glitchtip' });
    sandbox.world.addProject({ slug: 'web', id: 101 });
  });
  afterEach(() => sandbox.close());

  it('has an empty list where a project is closed, deleted or renamed; of 2022: a 404', async () => {
    sandbox.world.addProject({ slug: 'api', id: 102 });
    sandbox.world.addEvents([at(1, { project: 'api' })]);
    sandbox.world.forbidProject('api');
    sandbox.world.renameProject('web', 'shop');
    for (const slug of ['never', 'api', 'web']) {
      for (const { status, body } of [
        await rawEvents(sandbox, slug),
        await sentry(sandbox, `projects/acme/${slug}/issues/`),
      ])
        assert.deepEqual([status, body], [200, []], slug);
    }
    assert.equal((await sentry(sandbox, 'projects/acme/never/')).status, 404);
    assert.equal((await sentry(sandbox, 'projects/acme/shop/')).body.slug, 'shop');
    assert.deepEqual(
      (await sentry(sandbox, 'organizations/acme/projects/')).body.map(({ slug }: Json) => slug),
      ['shop'],
    );
    sandbox.world.settings.glitchtipRelease = '2022';
    for (const slug of ['never', 'api', 'web']) {
      const { status, body } = await rawEvents(sandbox, slug);
      assert.deepEqual([status, body], [404, { detail: 'Not found.' }], slug);
    }
    assert.deepEqual((await sentry(sandbox, 'organizations/other/projects/')).body, { detail: 'Not found.' });
  });

  it('has empty lists for an organization that is not there, renamed, or left by the user of the token', async () => {
    const { world } = sandbox;
    world.addEvents([at(1, { project: 'web', issue: 7 })]);
    const lists = async (org: string): Promise<unknown[]> => {
      const paths = ['organizations/O/projects/', 'projects/O/web/events/', 'projects/O/web/issues/'];
      const answers = [...paths, 'organizations/O/issues/'].map(async (path) => {
        const { status, body } = await sentry(sandbox, path.replace('O', org));
        return [status, body?.length];
      });
      return Promise.all(answers);
    };
    const full = Array.from({ length: 4 }, () => [200, 1]);
    const empty = Array.from({ length: 4 }, () => [200, 0]);
    assert.deepEqual([await lists('acme'), await lists('other')], [full, empty]);
    world.settings.organization = 'acme-corp';
    assert.deepEqual([await lists('acme'), await lists('acme-corp')], [empty, full]);
    world.settings.glitchtipMember = false;
    assert.deepEqual(await lists('acme-corp'), empty);
    world.settings.glitchtipRelease = '4.1';
    assert.deepEqual(await lists('acme-corp'), [...empty.slice(1), [500, undefined]]);
    assert.equal((await sentry(sandbox, `organizations/acme-corp/stats_v2/?${STATS}`)).status, 404);
  });

  it('counts the events of all projects, or of some, by the hour of their arrival', async () => {
    const { world } = sandbox;
    world.addProject({ slug: 'api', id: 102 });
    world.addEvents([
      at(-3600, { project: 'web', repeat: 3 }),
      at(-3600, { project: 'web', arrivedAt: TEN + 1000 }),
      at(5, { project: 'api', repeat: 2 }),
    ]);
    const stats = async (query: string): Promise<unknown[]> => {
      const { status, body } = await sentry(sandbox, `organizations/acme/stats_v2/?${query}`);
      return [status, body.intervals, body.groups?.[0].series['sum(quantity)']];
    };
    const hours = ['08:00:00', '09:00:00', '10:00:00', '11:00:00'].map((time) => `2026-11-20T${time}+00:00`);
    assert.deepEqual(await stats(STATS), [200, hours, [null, 3, 3, null]]);
    assert.deepEqual(await stats(`${STATS}&project=102`), [200, hours, [null, null, 2, null]]);
    assert.deepEqual(await stats(`${STATS}&project=999`), [404, undefined, undefined]);
    assert.deepEqual((await stats(STATS.replace('error', 'none')))[0], 422);
  });

  it('lists projects in pages of its own kind', async () => {
    for (let i = 10; i < 80; i++) sandbox.world.addProject({ slug: `p${String(i)}` });
    const first = await sentry(sandbox, 'organizations/acme/projects/?per_page=100&query=p1');
    assert.deepEqual([first.body.length, first.headers.get('x-hits')], [50, '71']);
    const second = await sentry(
      sandbox,
      `organizations/acme/projects/?cursor=${encodeURIComponent(linkTo('next', first)?.cursor ?? '')}`,
    );
    const slugs = [...first.body, ...second.body].map((project: Json) => project.slug);
    assert.equal(new Set(slugs).size, 71);
    assert.deepEqual([slugs[0], slugs[70], linkTo('next', second)?.cursor], ['p10', 'web', undefined]);
  });
});
