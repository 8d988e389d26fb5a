import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { realFiles } from '../../src/platform/real-files.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { check } from '../../src/commands/check/index.ts';
import { settingsFor } from '../support/e2e/service.ts';
import { folder } from '../support/process/temp-folder.ts';
import { stoppedClock } from '../support/time/steered-clock.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 7);
const DAY = 86_400_000;

const FILES = {
  'keys.yaml': `filters:
  - name: shop
    projects: [web]
    query: os.nmae:Linux (browser.name:Firefox OR !has:tenant) level:error error.type:TypeError
    tags:
      - release
      - os.nmae
      - zzz
  - name: jobs
    projects: [jobs]
    query: tenant:acme
`,
  'tags.yaml': `filters:
  - name: shop
    projects: [web]
    query: 'tags[os.name]:Linux tags[level]:error tags[error.type]:TypeError OS.name:Linux release.version:>1.0'
`,
  'plain.yaml': `filters:
  - { name: shop, projects: [web], query: 'level:error', tags: [release] }
`,
  'gone.yaml': `filters:
  - { name: gone, projects: [no-such], query: 'x:y' }
  - { name: shop, projects: [web], query: 'os.name:Linux' }
`,
  'four.yaml': `defaults: { projects: [web], query: 'os.nmae:Linux' }
filters:
  - { name: a }
  - { name: b }
  - { name: c }
  - { name: d }
`,
  'many.yaml': `filters:
  - { name: many, projects: [${Array.from({ length: 51 }, (_, i) => `p${String(201 + i)}`).join(', ')}], tags: [region] }
`,
  'quiet.yaml': `filters:
  - { name: quiet, projects: [quiet], query: 'os.name:Linux' }
`,
};

describe('check --live', () => {
  const files = folder(FILES);
  const clock = stoppedClock(NOW);
  let sandbox: Sandbox;
  const live = async (
    file: keyof typeof FILES,
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number; readonly said: readonly string[] }> => {
    const lines: string[] = [];
    const code = await check.run(['--live'], {
      env: { ...settingsFor(sandbox), ...env, FILTERS: files.file(file) },
      disk: fs,
      files: realFiles,
      now: clock.now,
      sleep: async (ms, signal) => wait(ms < 30_000 ? Math.min(ms, 5) : ms, undefined, { signal }),
      uuid: randomUUID,
      random: () => 0.5,
      out: { write: (line) => lines.push(line) },
      err: { write: (line) => lines.push(line) },
      server: 'host-1',
      version: '0.0.0',
      shutdown: new AbortController().signal,
    });
    const said = lines.join('').split('\n');
    return { code, said: said.filter((line) => /^(?:warning|fault|not )/.test(line)) };
  };
  const asked = (): readonly Readonly<Record<string, string>>[] =>
    sandbox.world.requests
      .all()
      .filter(({ endpoint }) => endpoint === 'tag-keys')
      .map(({ query }) => Object.fromEntries(query));

  beforeEach(async () => {
    sandbox = await startSandbox({ now: clock.now });
    for (const [index, slug] of ['web', 'jobs', 'quiet'].entries()) sandbox.world.addProject({ slug, id: 101 + index });
    sandbox.world.addEvents([
      { at: NOW - 80 * DAY, project: 'web', issue: 1, tags: { 'os.name': 'Linux', 'browser.name': 'Firefox' } },
      { at: NOW - DAY, project: 'web', issue: 1, tags: { os: 'Linux 6' } },
      { at: NOW - DAY, project: 'web', type: 'transaction', tags: { 'os.nmae': 'Linux' } },
      { at: NOW - DAY, project: 'jobs', issue: 2, tags: { tenant: 'acme' } },
    ]);
  });
  afterEach(() => sandbox.close());
  after(() => files.remove());

  it('warns of keys that are no field and were never seen as a tag of the filter’s projects, and exits 0', async () => {
    const { code, said } = await live('keys.yaml');
    const path = files.file('keys.yaml');
    const unseen = (name: string): string => `"${name}" is no field of events, and no tag that was seen in 90 days`;
    assert.deepEqual(said, [
      `warning  ${path}:4: query: ${unseen('os.nmae')}; did you mean "os.name"?`,
      `warning  ${path}:4: query: ${unseen('tenant')}; correct it, or leave it out`,
      `warning  ${path}:5: tags: ${unseen('os.nmae')}; did you mean "os.name"?`,
      `warning  ${path}:5: tags: ${unseen('zzz')}; correct it, or leave it out`,
    ]);
    assert.equal(code, 0);
    assert.deepEqual(asked(), [
      { project: '101', statsPeriod: '90d', include_transactions: '0' },
      { project: '102', statsPeriod: '90d', include_transactions: '0' },
    ]);
  });

  it('takes tags[...] for a tag even where events have a field of that name, and minds the case', async () => {
    const { code, said } = await live('tags.yaml');
    assert.deepEqual(
      said.map((line) => line.replace(/^.*:4: query: /, '')),
      [
        '"error.type" is as tags[...] no field of events, and no tag that was seen in 90 days; write error.type: for the field',
        '"OS.name" is no field of events, and no tag that was seen in 90 days; did you mean "os.name"?',
      ],
    );
    assert.equal(code, 0);
  });

  it('asks once for filters of the same projects, and for none that ask for fields alone', async () => {
    assert.deepEqual(await live('plain.yaml'), { code: 0, said: [] });
    assert.deepEqual(asked(), []);
    const { said } = await live('four.yaml');
    assert.equal(said.length, 4);
    assert.equal(asked().length, 1);
  });

  it('asks for fifty projects at a time, of more Sentry would look at a sample', async () => {
    for (let id = 201; id <= 251; id++) sandbox.world.addProject({ slug: `p${String(id)}`, id });
    sandbox.world.addEvents([{ at: NOW - DAY, project: 'p251', issue: 4, tags: { region: 'eu' } }]);
    sandbox.world.setFlavour('sentry-2022');
    sandbox.world.settings.unknownDataset = 'ignored';
    assert.deepEqual(await live('many.yaml'), { code: 0, said: [] });
    const sizes = sandbox.world.requests
      .all()
      .filter(({ endpoint }) => endpoint === 'tag-keys')
      .map(({ query }) => query.filter(([name]) => name === 'project').length);
    assert.deepEqual(sizes, [50, 1]);
  });

  it('does not call a key never seen that may be among those that Sentry does not list', async () => {
    const many = Object.fromEntries(Array.from({ length: 1005 }, (_, i) => [`key${String(i)}`, 'x']));
    sandbox.world.addEvents([{ at: NOW - DAY, project: 'jobs', issue: 3, tags: many, repeat: 2 }]);
    const { said } = await live('keys.yaml');
    assert.match(
      said.at(-1)!,
      /:11: query: "tenant" is no field of events, and not among the 1,000 most frequent tags of 90 days; /,
    );
  });

  it('cannot tell without events, and on servers that do not tell their tags', async () => {
    assert.deepEqual(await live('quiet.yaml'), {
      code: 0,
      said: ['not told  quiet: sentry: has seen no events of its projects in 90 days'],
    });
    for (const [flavour, file, names] of [
      ['glitchtip', 'keys.yaml', 'shop, jobs'],
      ['sentry-2019', 'tags.yaml', 'shop'],
    ] as const) {
      sandbox.world.setFlavour(flavour);
      const { code, said } = await live(file);
      assert.deepEqual(
        [code, said],
        [0, [`not told  ${names}: sentry: this server does not tell which tags it has seen`]],
      );
    }
  });

  it('says so when Sentry refuses or does not answer, and exits 1', async () => {
    const refused = await live('four.yaml', { SENTRY_AUTH_TOKEN: 'a-wrong-token' });
    assert.equal(refused.code, 1);
    assert.match(refused.said[0]!, /^not checked {2}a, b, c: sentry: answered 401/);
    assert.match(refused.said[1]!, /^not checked {2}d: sentry: was not asked/);
    assert.equal(refused.said.length, 2);
    assert.doesNotMatch(refused.said.join('\n'), /a-wrong-token/);

    const plain = await live('plain.yaml', { SENTRY_AUTH_TOKEN: 'a-wrong-token' });
    assert.deepEqual([plain.code, plain.said.length], [1, 1]);
    const away = await live('keys.yaml', { SENTRY_URL: 'http://127.0.0.1:1' });
    assert.equal(away.code, 1);
    assert.match(away.said[0]!, /^not checked {2}shop, jobs: sentry: /);
  });

  it('names a project that is not there, and checks the other filters', async () => {
    const { code, said } = await live('gone.yaml');
    assert.deepEqual([code, said.length], [1, 1]);
    assert.match(
      said[0]!,
      new RegExp(`^not checked  gone: sentry: ${files.file('gone.yaml')}:2: no project no-such in acme`),
    );
    assert.equal(asked().length, 1);
  });
});
