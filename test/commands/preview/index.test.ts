import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type FilterSpec, filtersText, settingsFor } from '../../support/e2e/service.ts';
import { lastEnds } from '../../support/ledger/windows.ts';
import { type Ended, endProcesses, runNode } from '../../support/process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../../support/process/services.ts';
import { folder } from '../../support/process/temp-folder.ts';

const OLD: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web'] },
  { name: 'desk', projects: ['api'] },
  { name: 'gone', projects: ['worker'] },
];
const NOW: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web'], searchTerms: ['one'] },
  { name: 'desk', projects: ['api'] },
  { name: 'fresh', projects: ['web', 'api'], searchTerms: ['three'], sinks: ['newrelic'] },
];

describe('preview', () => {
  let sandbox: RemoteSandbox;
  let files: ReturnType<typeof folder>;

  before(async () => {
    sandbox = await startRemoteSandbox();
    files = folder({ 'old.yaml': filtersText(OLD), 'now.yaml': filtersText(NOW), 'bad.yaml': 'filters: 1\n' });
    await sandbox.command('projects', [{ slug: 'web' }, { slug: 'api' }, { slug: 'worker' }]);
    // Neither the newest window nor the oldest of the hour: the clock goes on meanwhile.
    const [, , first, second] = lastEnds(4);
    await sandbox.command('events', [
      { at: first! - 60_000, project: 'web', issue: 101, title: 'Error: one', user: 'id:1', repeat: 30 },
      { at: second! - 60_000, project: 'web', issue: 101, title: 'Error: one', user: 'id:2', repeat: 7 },
      { at: second! - 60_000, project: 'web', issue: 102, title: 'Error: two', repeat: 4 },
      { at: second! - 60_000, project: 'api', issue: 201, title: 'Error: three', user: 'id:2', repeat: 11 },
      { at: second! - 60_000, project: 'worker', issue: 301, title: 'Error: four', repeat: 2 },
    ]);
  });
  after(async () => {
    await endProcesses();
    files.remove();
  });
  afterEach(async () => {
    await sandbox.heal();
    const { requests } = await sandbox.requests();
    assert.deepEqual(
      requests.filter(({ vendor }) => vendor !== 'sentry'),
      [],
      'it sent something',
    );
  });

  const preview = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    runNode(['src/cli.ts', 'preview', '--hours', '1', ...args], {
      ...settingsFor(sandbox),
      FILTERS: files.file('now.yaml'),
      ...env,
    });
  const issueOf = (id: number): string => `${sandbox.sentryUrl}/organizations/acme/issues/${id}/`;

  it('is a table: counts, issues with links, what each sink would take; and sends nothing', async () => {
    const { code, stdout, stderr } = await preview([], { FILTERS: files.file('old.yaml') });
    assert.deepEqual([code, stderr], [0, '']);
    const [head, ...rest] = stdout.split('\n');
    assert.match(
      head!,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d to .* UTC: 12 windows, nothing is sent\. Users: the most in one window/,
    );
    // New Relic: a count for each filter and each project (6), three gauges for each project (9), in each of 12
    // windows; and one record for each issue and window. Anodot: three samples for each project.
    assert.equal(
      rest.join('\n').replaceAll(/ in \d of 12 windows/g, ' in <n> of 12 windows'),
      `
   filter        project     events  issues   users
   shop          web             41       2       1
   desk          api             11       1       1
   gone          worker           2       1       0

   trending in shop
      37  new       Error: one
                    ${issueOf(101)}  in <n> of 12 windows
       4  new       Error: two
                    ${issueOf(102)}  in <n> of 12 windows
   biggest in shop
      37  new       Error: one
                    ${issueOf(101)}
       4  new       Error: two
                    ${issueOf(102)}
   trending in desk
      11  new       Error: three
                    ${issueOf(201)}  in <n> of 12 windows
   biggest in desk
      11  new       Error: three
                    ${issueOf(201)}
   trending in gone
       2  new       Error: four
                    ${issueOf(301)}  in <n> of 12 windows
   biggest in gone
       2  new       Error: four
                    ${issueOf(301)}

   anodot    skipped      would take 108 records
   newrelic  skipped      would take 185 records
`,
    );
  });

  it('takes names of filters, and needs no sink', async () => {
    const keys = { NEW_RELIC_ACCOUNT_ID: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_TOKEN: '' };
    const { code, stdout } = await preview(['desk'], keys);
    assert.equal(code, 0);
    assert.match(stdout, /^ {3}desk {10}api {13}11/m);
    assert.doesNotMatch(stdout, /shop|would take/);
    const unknown = await preview(['desc']);
    assert.deepEqual([unknown.code, unknown.stdout], [2, '']);
    assert.match(unknown.stderr, /^filter desc is unknown; there are shop, desk, fresh\n/);
  });

  it('says against old files what is gained and lost', async () => {
    const { code, stdout, stderr } = await preview(['--against', files.file('old.yaml')]);
    assert.deepEqual([code, stderr], [0, '']);
    const [head, ...rest] = stdout.split('\n');
    assert.match(head!, / UTC: 12 windows, 3 filters differ; nothing is sent$/);
    assert.equal(
      rest.join('\n'),
      `
   filter                   events before     now  change  issues gained    lost
   shop          changed               41      37      -4                      1
   desk          same                  11      11
   fresh         new                    -      11     +11              1
   gone          removed                2       -      -2                      1

   shop loses 1 issue with 4 events
       4  new       Error: two
                    ${issueOf(102)}
   fresh gains 1 issue with 11 events
      11  new       Error: three
                    ${issueOf(201)}
   gone loses 1 issue with 2 events
       2  new       Error: four
                    ${issueOf(301)}

   no filter finds any more 2 issues with 6 events
       4  new       Error: two
                    ${issueOf(102)}
       2  new       Error: four
                    ${issueOf(301)}

   records for     before     now  change
   anodot             108      72     -36
   newrelic           185     232     +47
`,
    );
  });

  it('is Markdown for a pull request', async () => {
    const { code, stdout } = await preview(['--against', files.file('old.yaml'), '--markdown', 'shop']);
    assert.equal(code, 0);
    assert.match(stdout, /^### .*1 filter differs; nothing is sent\n\n\| filter \|/);
    assert.match(stdout, /^\| shop \| changed \| 41 \| 37 \| -4 \| {2}\| 1 \|$/m);
    assert.ok(stdout.includes(`| 4 | new | [Error: two](${issueOf(102)}) |`), stdout);
  });

  it('says which connections of the files differ, and reads the filters of such a source twice', async () => {
    const fileOf = (name: string, baselines: string, more: object): string => {
      const two = { sentry: 'acme', url: sandbox.sentryUrl, key: 'TWO_TOKEN', baselines };
      const filters = [{ name: 'shop', projects: ['web'], source: 'two' }];
      writeFileSync(files.file(name), JSON.stringify({ sources: { two }, ...more, filters }));
      return files.file(name);
    };
    const sinks = { 'eu-nr': { newrelic: 7654321, key: 'EU_NR_KEY', region: 'eu' } };
    const { code, stdout, stderr } = await preview(['--against', fileOf('before.yaml', 'off', {})], {
      FILTERS: fileOf('after.yaml', '1h', { sinks }),
      TWO_TOKEN: sandbox.keys.sentryToken,
      EU_NR_KEY: 'eu-license-9876543210',
    });
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.match(stdout, /, 1 filter differs, 2 connections too; nothing is sent$/m);
    assert.match(stdout, /^ {3}two {10,}source +changed +baselines: off → 1h$/m);
    assert.match(stdout, /^ {3}eu-nr {5,}sink +new +newrelic: 7654321, key: EU_NR_KEY, region: eu$/m);
    assert.match(stdout, /^ {3}shop +changed +41 +41$/m);
    assert.ok(!stdout.includes('eu-license'));
  });

  it('says when nothing differs', async () => {
    const { code, stdout } = await preview(['--against', files.file('now.yaml')]);
    assert.equal(code, 0);
    assert.match(stdout, / no filter differs; /);
    assert.doesNotMatch(stdout, /loses|gains|any more/);
  });

  it('ends with 1 and says why, when Sentry does not answer, and does not ask again and again', async () => {
    await sandbox.command('faults', { vendor: 'sentry', kind: 'status', status: 403, times: 0 });
    const before = (await sandbox.requests()).requests.length;
    const { code, stdout } = await preview([]);
    assert.equal(code, 1);
    assert.match(stdout, /^ {3}shop \(not read\)/m);
    assert.match(stdout, /^ {3}shop \(11 of 12 windows\): not asked, because before that sentry: answered 403/m);
    assert.ok((await sandbox.requests()).requests.length - before < 12);
  });

  it('ends with 1 for a fault in settings or files, old or new, and reads nothing', async () => {
    for (const [args, env, said] of [
      [[], { SENTRY_ORG: '' }, /^fault {4}SENTRY_ORG: is not set/],
      [[], { FILTERS: files.file('bad.yaml') }, /^fault {4}.*bad\.yaml:1: filters/],
      [['--against', files.file('bad.yaml')], {}, /^fault {4}.*bad\.yaml:1: filters/],
      [['--filters', files.file('bad.yaml')], {}, /^fault {4}.*bad\.yaml:1: filters/],
    ] as const) {
      const { code, stdout, stderr } = await preview(args, env);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, said);
      assert.match(stderr, /1 to mend, nothing was read\n$/);
    }
  });

  for (const hours of ['0', '25', 'x', '-1'])
    it(`does not take ${hours} hours`, async () => {
      const { code, stderr } = await preview([`--hours=${hours}`]);
      assert.equal(code, 2);
      assert.match(stderr, /^--hours: "[^"]+" is not a whole number from 1 to 24\n/);
    });
});
