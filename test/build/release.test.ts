import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, ROOT, runNode } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';

const CHANGELOG = `# Changelog

Entries: [CHANGE], [FEATURE], [ENHANCEMENT], [BUGFIX].

## Unreleased

- [ENHANCEMENT] Faster.
- [BUGFIX] It counts.

## 1.4.2 (2026-01-02)

- [CHANGE] Old.
- [FEATURE] Old too.
`;
const LOCK =
  '{\n  "name": "acme",\n  "version": "1.4.2",\n  "packages": {\n    "": { "name": "acme", "version": "1.4.2" },\n    "node_modules/a": { "version": "1.4.2" }\n  }\n}\n';

/** In a repository of another program, with the files that name a version. */
describe('npm run release', () => {
  let repository: ReturnType<typeof folder>;

  beforeEach(() => {
    repository = folder({ 'package.json': '{\n  "name": "acme",\n  "version": "1.4.2"\n}\n' });
    mkdirSync(repository.file('contrib'));
    mkdirSync(repository.file('contrib/kubernetes'));
    write('package-lock.json', LOCK);
    write('CHANGELOG.md', CHANGELOG);
    write('contrib/kubernetes/deployment.yaml', 'image: registry.example.com/sentry-monitor:1.4.2\n');
    git('init', '--quiet', '--initial-branch', 'main');
    git('config', 'user.email', 'dev@example.com');
    git('config', 'user.name', 'Dev');
    commit();
  });
  afterEach(() => repository.remove());

  const write = (name: string, text: string): void => writeFileSync(repository.file(name), text);
  const read = (name: string): string => readFileSync(repository.file(name), 'utf8');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: repository.path, encoding: 'utf8' }).trim();
  const release = (...args: readonly string[]): Promise<Ended> =>
    runNode([join(ROOT, 'build/release.ts'), '--date', '2026-11-29', ...args], {}, repository.path);

  function commit(): void {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'state');
  }

  it('writes the version everywhere and dates the section of the changelog', async () => {
    const { code, stdout, stderr } = await release('minor');
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(read('package.json'), '{\n  "name": "acme",\n  "version": "1.5.0"\n}\n');
    assert.equal(
      read('package-lock.json'),
      LOCK.replace('"version": "1.4.2"', '"version": "1.5.0"').replace(
        '"acme", "version": "1.4.2"',
        '"acme", "version": "1.5.0"',
      ),
    );
    assert.equal(read('contrib/kubernetes/deployment.yaml'), 'image: registry.example.com/sentry-monitor:1.5.0\n');
    assert.equal(
      read('CHANGELOG.md'),
      CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n## 1.5.0 (2026-11-29)\n'),
    );
    assert.match(stdout, /^1\.4\.2 -> 1\.5\.0 \(minor\), 2026-11-29: 2 entries of the changelog\n/);
    assert.match(stdout, /\n {2}git tag --annotate v1\.5\.0 --message 'release 1\.5\.0'\n/);
    assert.equal(git('tag'), '', 'it tells of the tag, and makes none');
  });

  for (const [version, entry, next] of [
    ['1.4.2', '- [BUGFIX] It counts.', '1.4.3'],
    ['1.4.2', '- [FEATURE] A page.', '1.5.0'],
    ['1.4.2', '- [CHANGE] Other numbers.', '2.0.0'],
    ['0.1.0', '- [CHANGE] Other numbers.', '0.2.0'],
    ['0.1.9', '- [ENHANCEMENT] Faster.', '0.1.10'],
  ] as const) {
    it(`reads the kind from the changelog: ${version}, ${entry} gives ${next}`, async () => {
      for (const name of ['package.json', 'package-lock.json', 'contrib/kubernetes/deployment.yaml'])
        write(name, read(name).replaceAll('1.4.2', version));
      write('CHANGELOG.md', CHANGELOG.replace('- [BUGFIX] It counts.', entry));
      commit();
      const { code, stdout } = await release('--dry-run');
      assert.equal(code, 0);
      assert.ok(stdout.startsWith(`${version} -> ${next} (`), stdout);
      assert.equal(git('status', '--porcelain'), '', 'nothing was written');
    });
  }

  it('commits and tags when it is told to', async () => {
    assert.equal((await release('--tag')).code, 0);
    assert.deepEqual(
      [git('status', '--porcelain'), git('log', '-1', '--format=%s'), git('cat-file', '-t', 'v1.4.3')],
      ['', 'release 1.4.3', 'tag'],
    );
  });

  for (const [what, spoil, args, why] of [
    [
      'a tree with changes',
      () => write('new.txt', ''),
      [],
      'the tree has changes that are not committed; commit or stash them',
    ],
    ['a tag that exists', () => git('tag', 'v1.4.3'), [], 'the tag v1.4.3 exists already'],
    [
      'a changelog with nothing new',
      () => (write('CHANGELOG.md', '## Unreleased\n\n## 1.4.2\n\n- [CHANGE] Old.\n'), commit()),
      [],
      'CHANGELOG.md has nothing under "## Unreleased"',
    ],
    [
      'a changelog without the section',
      () => (write('CHANGELOG.md', '# Changelog\n'), commit()),
      [],
      'CHANGELOG.md has no section "## Unreleased"',
    ],
    [
      'a version of another form',
      () => (write('package.json', '{ "version": "1.4.2-rc.1" }'), commit()),
      [],
      'package.json has the version 1.4.2-rc.1; write one of three numbers',
    ],
    [
      'a manifest of another version',
      () => (write('contrib/kubernetes/deployment.yaml', 'image: none\n'), commit()),
      [],
      'contrib/kubernetes/deployment.yaml does not say /sentry-monitor:1.4.2',
    ],
    ['a kind that is none', () => undefined, ['big'], 'big is no kind'],
    ['a date that is none', () => undefined, ['--date', 'today'], '--date today is no date such as 2026-11-29'],
  ] as const) {
    it(`refuses ${what}, and writes nothing`, async () => {
      spoil();
      const before = git('status', '--porcelain');
      const { code, stdout, stderr } = await release(...args);
      assert.deepEqual([code, stdout, stderr.split('\n')[0]], [1, '', `no release: ${why}`]);
      assert.equal(git('status', '--porcelain'), before);
      assert.equal(JSON.parse(read('package.json')).version.slice(0, 5), '1.4.2');
    });
  }
});
