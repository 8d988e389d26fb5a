import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FlavourName, Sandbox } from '../../../sandbox/index.ts';
import { ask, at, box, linkTo, NOW, post, rawEvents, sentry, table, TEN } from '../support.ts';

const COUNT = 'field=count()';

/** What the probe of a client sees: a table, a bare list, or nothing there. */
async function kindOf(sandbox: Sandbox): Promise<string> {
  const { status, body } = await table(sandbox, COUNT);
  if (status !== 200) return String(status);
  return Array.isArray(body) ? 'list' : 'table';
}

describe('sandbox: flavours', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addEvents([
      at(1, { project: 'web', issue: 7, user: 'id:1' }),
      at(2, { project: 'web', user: 'id:2' }),
    ]);
  });
  afterEach(() => sandbox.close());

  const tell = (path: string, body: unknown) => post(`${sandbox.url}/sandbox/${path}`, body);

  it('are switched while it runs, with all that was added', async () => {
    assert.equal(await kindOf(sandbox), 'table');
    sandbox.world.setFlavour('glitchtip');
    assert.deepEqual(
      [sandbox.world.flavour(), await kindOf(sandbox), (await rawEvents(sandbox, 'web')).body.length],
      ['glitchtip', '404', 2],
    );
    sandbox.world.setFlavour('sentry-2019');
    assert.equal(await kindOf(sandbox), 'list');
    sandbox.world.settings.oldRelease = '9.x';
    assert.equal(await kindOf(sandbox), '404');
    sandbox.world.setFlavour('sentry');
    assert.equal(await kindOf(sandbox), 'table');
  });

  it('are switched by a command, and by a reset back to the first one', async () => {
    assert.deepEqual((await tell('flavour', { flavour: 'glitchtip' })).body, { flavour: 'glitchtip' });
    assert.deepEqual((await ask(`${sandbox.url}/sandbox/flavour`)).body, { flavour: 'glitchtip' });
    assert.equal(await kindOf(sandbox), '404');
    const wrong = await tell('flavour', { flavour: 'bugsnag' });
    assert.deepEqual(
      [wrong.status, wrong.body.error],
      [400, 'no such flavour: bugsnag; one of sentry, glitchtip, sentry-2019, sentry-2022'],
    );
    assert.equal((await tell('flavour', {})).status, 400);
    await tell('flavour', { flavour: 'sentry-2019' });
    await tell('settings', { oldRelease: '9.x', link: 'stripped' });
    await tell('reset', {});
    assert.deepEqual(
      [sandbox.world.flavour(), sandbox.world.settings.oldRelease, sandbox.world.settings.link],
      ['sentry', '10.x', 'sent'],
    );
  });

  it('cannot be others from the start', async () => {
    await assert.rejects(box({ flavour: 'bugsnag' as FlavourName }), /no such flavour: bugsnag/);
  });

  it('have one truth', () => {
    const truths = (['sentry', 'glitchtip', 'sentry-2019'] as const).map((name) => {
      sandbox.world.setFlavour(name);
      return sandbox.world.truth({ start: TEN, end: TEN + 300_000, projects: ['web'] });
    });
    for (const truth of truths)
      assert.deepEqual([truth.total, truth.unattributed], [{ events: 2, users: 2, issues: 1 }, 1]);
  });

  for (const name of ['sentry', 'glitchtip', 'sentry-2019'] as const) {
    describe(name, () => {
      beforeEach(() => {
        sandbox.world.setFlavour(name);
      });

      it('sends a Link with every list, unless a proxy takes it away', async () => {
        const lists = [
          'projects/acme/web/events/',
          'organizations/acme/projects/',
          'organizations/acme/issues/?project=101',
        ];
        for (const path of lists) assert.notEqual(linkTo('next', await sentry(sandbox, path)), undefined, path);
        await tell('settings', { link: 'stripped' });
        for (const path of lists) {
          const { status, headers, body } = await sentry(sandbox, path);
          assert.deepEqual([status, headers.get('link')], [200, null], path);
          assert.ok(body.length > 0, path);
        }
      });

      it('breaks on demand and logs its requests', async () => {
        sandbox.world.faults.add({
          vendor: 'sentry',
          endpoint: 'project-events',
          kind: 'status',
          status: 503,
          match: 'cursor=',
        });
        sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'project-events', kind: 'garbage', variant: 'object' });
        assert.deepEqual((await rawEvents(sandbox, 'web')).body, { unexpected: true });
        assert.equal((await rawEvents(sandbox, 'web', 'cursor=0:0:0')).status, 503);
        assert.deepEqual(
          sandbox.world.requests.all().map((one) => [one.endpoint, one.path, one.status, one.at]),
          [
            ['project-events', '/api/0/projects/acme/web/events/', 200, NOW],
            ['project-events', '/api/0/projects/acme/web/events/', 503, NOW],
          ],
        );
      });

      it('wants the slash at the end, GET and its own organization', async () => {
        assert.equal((await sentry(sandbox, 'projects/acme/web/events')).status, 301);
        assert.equal(
          (
            await post(
              `${sandbox.url}/api/0/projects/acme/web/events/`,
              {},
              { authorization: `Bearer ${sandbox.keys.sentryToken}` },
            )
          ).status,
          405,
        );
        const other = await sentry(sandbox, 'projects/other/web/events/');
        assert.deepEqual([other.status, other.body.length], name === 'glitchtip' ? [200, 0] : [404, undefined]);
        assert.equal((await sentry(sandbox, 'projects/1/101/events/')).status, 200);
        assert.equal((await sentry(sandbox, 'projects/acme/web/events/more/')).status, 404);
      });

      it('lists the story, some of it as it arrives', async () => {
        const lively = await box({ flavour: name, story: 'lively' });
        try {
          const newest = async (): Promise<string> => JSON.stringify((await rawEvents(lively, 'web')).body);
          const [before, same] = [await newest(), await newest()];
          lively.world.clock.set(NOW + 60_000);
          const after = await newest();
          assert.equal(same, before);
          assert.notEqual(after, before);
          assert.deepEqual((await rawEvents(lively, 'empty')).body, []);
        } finally {
          await lively.close();
        }
      });
    });
  }
});

describe('sandbox: a flavour as a process', () => {
  const start = (...args: string[]) =>
    spawn(process.execPath, ['sandbox/server.ts', '--port', '0', '--story', 'none', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('is what the command line says', async () => {
    const child = start('--flavour', 'glitchtip');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url, keys } = JSON.parse(line.toString()) as { url: string; keys: { sentryToken: string } };
    assert.deepEqual((await ask(`${url}/sandbox/flavour`)).body, { flavour: 'glitchtip' });
    assert.equal(
      (
        await ask(`${url}/api/0/organizations/acme/events/`, {
          headers: { authorization: `Bearer ${keys.sentryToken}` },
        })
      ).status,
      404,
    );
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('is refused when there is none of that name', async () => {
    const child = start('--flavour', 'bugsnag');
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 1);
    assert.match(said, /no such flavour: bugsnag/);
  });
});
