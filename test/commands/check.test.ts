import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../support/process/processes.ts';

const SETTINGS = { SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: 'not-a-real-token', ANODOT_TOKEN: 'not-a-real-key' };

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
  folders.push(folder);
  return folder;
}

function filtersFile(text: string): string {
  const path = join(newFolder(), 'filters.yaml');
  writeFileSync(path, text);
  return path;
}

describe('check', () => {
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('lists filters and sinks and exits 0 when nothing is wrong', async () => {
    const FILTERS = filtersFile('filters:\n  - { name: shop, team: crm, projects: [web, api], tags: [release] }\n');

    const ended = await runNode(['src/cli.ts', 'check'], { ...SETTINGS, FILTERS });

    assert.deepEqual(ended, {
      code: 0,
      stdout: 'settings ok; sinks: anodot\nfilter   shop: web, api; team crm; by release; to anodot\n',
      stderr: '',
    });
  });

  it('exits 1 for a faulty filters file, with its line, and lists what would still run', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.yaml'), 'filters:\n  - { name: shop, projects: [web] }\n');
    writeFileSync(join(folder, 'b.yaml'), 'filters:\n  - name: crm\n    projects: [web]\n    searchTerm: [x]\n');

    const { code, stdout } = await runNode(['src/cli.ts', 'check'], { ...SETTINGS, DRY_RUN: 'true', FILTERS: folder });

    assert.equal(code, 1);
    const [settings, filter, fault, end] = stdout.split('\n');
    assert.equal(settings, 'settings ok; sinks: anodot; DRY_RUN: nothing is sent');
    assert.equal(filter, 'filter   shop: web; to anodot');
    assert.ok(fault?.startsWith(`fault    ${join(folder, 'b.yaml')}:4: `), fault);
    assert.equal(end, '1 to mend; until then filters would be left out');
  });

  it('says what is read otherwise than it looks, with its line, and exits 0', async () => {
    const FILTERS = filtersFile(`filters:\n  - name: shop\n    projects: [web]\n    query: 'NOT timeout'\n`);

    const { code, stdout } = await runNode(['src/cli.ts', 'check'], { ...SETTINGS, FILTERS });

    assert.equal(code, 0);
    assert.ok(stdout.includes(`warning  ${FILTERS}:4: query: Sentry looks for the text "NOT timeout"`), stdout);
  });

  it('exits 1 for a query that would be a 400, with its line', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.yaml'), 'filters:\n  - { name: shop, projects: [web] }\n');
    writeFileSync(join(folder, 'b.yaml'), `filters:\n  - name: crm\n    projects: [web]\n    query: 'age:-1d'\n`);

    const { code, stdout } = await runNode(['src/cli.ts', 'check'], { ...SETTINGS, FILTERS: folder });

    assert.equal(code, 1);
    assert.ok(
      stdout.includes(`fault    ${join(folder, 'b.yaml')}:4: query: "age:-1d" is for searches of issues`),
      stdout,
    );
  });

  it('names every missing variable at once and exits 1', async () => {
    const { code, stdout } = await runNode(['src/cli.ts', 'check'], {
      FILTERS: filtersFile('filters:\n  - { name: shop, projects: [web] }\n'),
    });

    assert.equal(code, 1);
    assert.match(stdout, /^fault {4}SINKS: /m);
    assert.match(stdout, /^fault {4}SENTRY_ORG: is not set/m);
    assert.match(stdout, /^fault {4}SENTRY_AUTH_TOKEN: is not set/m);
    assert.match(stdout, /^3 to mend, nothing would start$/m);
  });
});

describe('cli', () => {
  it('lists its commands for help, on stdout', async () => {
    const { code, stdout, stderr } = await runNode(['src/cli.ts', '--help']);

    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(stdout, /^ {2}check {6}\S/m);
    assert.match(stdout, /^ {2}demo {7}\S/m);
  });

  it('exits 2 for an unknown command or option, and names it on stderr', async () => {
    const unknown = await runNode(['bin/sentry-monitor.js', 'chekc']);
    const option = await runNode(['bin/sentry-monitor.js', 'check', '--fix']);

    assert.deepEqual([unknown.code, unknown.stdout], [2, '']);
    assert.match(unknown.stderr, /^unknown command "chekc"; did you mean check\?\n/);
    assert.deepEqual([option.code, option.stdout], [2, '']);
    assert.match(option.stderr, /^unknown option --fix\n\n.*\bcheck( --)? \[--live\]\n/);
  });

  for (const [name, said] of [
    ['check', /^sentry-monitor check \[--live\]\n[^]*Exit codes/],
    ['demo', /^sentry-monitor demo \[--serve\] \[--with digest\|queue\|logs\]\n/],
    ['plan', /^sentry-monitor plan [^]*^ {2}--per-second .* \(30\)$/m],
    ['run', /^sentry-monitor run --from <ISO>/],
    ['dashboard', /^sentry-monitor dashboard newrelic\|grafana \[--account/],
    ['alerts', /^sentry-monitor alerts newrelic\|prometheus\s+\[--filters/],
  ] as const) {
    it(`${name} --help says how to call it, and does nothing`, async () => {
      const { code, stdout, stderr } = await runNode(['src/cli.ts', name, '--help']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout, said);
    });
  }
});
