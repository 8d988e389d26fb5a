import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { realWorld } from '../../../src/app/real-world.ts';
import { alerts } from '../../../src/commands/generate/alerts.ts';
import { dashboard } from '../../../src/commands/generate/dashboard.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { runNode } from '../../support/process/processes.ts';

const GOLDEN = 'test/fixtures/generate';
const FILTERS = `${GOLDEN}/filters.yaml`;
const files = folder({});

/** The command in this process: its exit code with what it wrote, or what it says of its call. */
async function call(
  name: 'alerts' | 'dashboard',
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly said: string; readonly faults: string }> {
  let said = '';
  let faults = '';
  const world = realWorld(new AbortController().signal, {
    env: { FILTERS },
    out: { write: (text) => (said += text) },
    err: { write: (text) => (faults += text) },
  });
  try {
    return { code: await { alerts, dashboard }[name].run(args, world), said, faults };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    assert.match(code, /^ERR_PARSE_ARGS/, 'the CLI would not know it as a wrong call');
    return { code: 2, said: said + message, faults };
  }
}

describe('dashboard and alerts', () => {
  after(() => files.remove());

  it('write to stdout, without any setting but the filters', async () => {
    const [rules, made] = await Promise.all([
      runNode(['src/cli.ts', 'alerts', 'prometheus'], { FILTERS }),
      runNode(['src/cli.ts', 'dashboard', 'newrelic', '--filters', FILTERS], { NEW_RELIC_ACCOUNT_ID: '1234567' }),
    ]);
    assert.deepEqual(rules, { code: 0, stderr: '', stdout: readFileSync(`${GOLDEN}/prometheus-rules.yaml`, 'utf8') });
    assert.deepEqual(made, { code: 0, stderr: '', stdout: readFileSync(`${GOLDEN}/newrelic-dashboard.json`, 'utf8') });
  });

  it('say with --check that a file is up to date, or where it differs and what to do', async () => {
    const file = files.file('alerts.tf');
    const text = readFileSync(`${GOLDEN}/newrelic-alerts.tf`, 'utf8');
    const check = async (kept: string, ...args: readonly string[]): ReturnType<typeof call> => {
      writeFileSync(file, kept);
      return call('alerts', 'newrelic', ...(args.length === 0 ? ['--check', file] : args));
    };
    assert.deepEqual(await check(text), { code: 0, said: `${file} is up to date\n`, faults: '' });
    const line = text.slice(0, text.indexOf('threshold             = 100')).split('\n').length;
    const differs = {
      code: 1,
      said: `${file} is not what the filters make:\n  line ${line}\n-     threshold             = 90\n+     threshold             = 100\nMake it anew: sentry-monitor alerts newrelic > ${file}\n`,
      faults: '',
    };
    assert.deepEqual(
      await check(text.replace('threshold             = 100', 'threshold             = 90'), `--check=${file}`),
      differs,
    );
    assert.match((await check(`${text}# mine\n`)).said, /^- # mine$/m);
    assert.match((await check(text.slice(0, -1))).said, /^\+ $/m);
    assert.match((await check('')).said, /^\+ … and \d{3} more lines$/m);
    const missing = files.file("missing 'one'.tf");
    assert.deepEqual(await call('alerts', 'newrelic', '--filters', FILTERS, '--check', missing), {
      code: 1,
      said: `${missing} does not exist\nMake it anew: sentry-monitor alerts newrelic --filters ${FILTERS} > '${files.path}/missing '\\''one'\\''.tf'\n`,
      faults: '',
    });
    assert.deepEqual(await call('alerts', 'newrelic', '--check', files.path), {
      code: 1,
      said: `${files.path} is a folder; name the file in it\n`,
      faults: '',
    });
  });

  it('exit 2 for a call that cannot be understood, and say why', async () => {
    const { code, stdout, stderr } = await runNode(['src/cli.ts', 'dashboard'], { FILTERS });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /^dashboard needs one of: newrelic, grafana\n\nsentry-monitor dashboard newrelic\|grafana \[--account/,
    );
    const calls: readonly (readonly [RegExp, 'alerts' | 'dashboard', ...string[]])[] = [
      [/^alerts needs one of: newrelic, prometheus$/, 'alerts', 'toString'],
      [/^alerts needs one of/, 'alerts', 'newrelic', 'prometheus'],
      [/^which account\? Pass --account <number>, or set NEW_RELIC_ACCOUNT_ID$/, 'dashboard', 'newrelic'],
      [/^"12a" is not the number of an account; write digits only$/, 'dashboard', 'newrelic', '--account', '12a'],
      [/^alerts newrelic names no account; leave --account out$/, 'alerts', 'newrelic', '--account', '1'],
      [/--chekc/, 'alerts', 'newrelic', '--chekc', 'x'],
    ];
    for (const [said, ...args] of calls) {
      const answer = await call(...args);
      assert.equal(answer.code, 2, args.join(' '));
      assert.match(answer.said, said);
    }
  });

  it('make nothing of filters with a fault, and name it with its line: on stderr, as stdout is the file', async () => {
    const file = files.file('bad.yaml');
    writeFileSync(file, 'filters:\n  - name: shop\n    projects: [web]\n    alert: { below: 1 }\n');
    const words = `fault    ${file}:4: alert: "below" is no kind of alert; write one of above, anomaly, missing, trending\n1 to mend, nothing was made\n`;
    const calls: readonly (readonly ['alerts' | 'dashboard', ...string[]])[] = [
      ['alerts', 'newrelic'],
      ['alerts', 'prometheus'],
      ['alerts', 'newrelic', '--check', file],
      ['dashboard', 'newrelic', '--account', '1'],
      ['dashboard', 'grafana'],
    ];
    for (const [name, ...args] of calls)
      assert.deepEqual(await call(name, ...args, '--filters', file), { code: 1, said: '', faults: words });
    const real = await runNode(['src/cli.ts', 'alerts', 'prometheus'], { FILTERS: file });
    assert.deepEqual(real, { code: 1, stdout: '', stderr: words });
    const none = await call('alerts', 'newrelic', '--filters', files.file('none.yaml'));
    assert.deepEqual([none.code, none.said], [1, '']);
    assert.match(none.faults, /does not exist/);
  });

  it('make each of several dashboards with --part, and none without it', async () => {
    const file = files.file('teams.yaml');
    const filters = Array.from({ length: 25 }, (_, n) => `  - { name: f-${n}, projects: [web], team: team-${n} }\n`);
    writeFileSync(file, `filters:\n${filters.join('')}`);
    const made = (...more: readonly string[]): ReturnType<typeof call> =>
      call('dashboard', 'newrelic', '--account', '1', '--filters', file, ...more);
    assert.deepEqual(await made(), {
      code: 1,
      said: '',
      faults:
        '2 files are needed, because New Relic takes 25 pages in a dashboard: make each with --part 1 to --part 2\nnothing was made\n',
    });
    const pages: number[] = [];
    for (const part of ['1', '2']) {
      const { code, said } = await made('--part', part);
      assert.equal(code, 0);
      pages.push((JSON.parse(said) as { pages: unknown[] }).pages.length);
      writeFileSync(files.file('part.json'), said);
      assert.equal((await made('--part', part, '--check', files.file('part.json'))).code, 0);
    }
    assert.deepEqual(pages, [25, 1]);
    assert.deepEqual(await made('--part', '3'), {
      code: 2,
      said: 'there is no part 3: the filters make 2 files',
      faults: '',
    });
    assert.match((await made('--part', '0')).said, /^--part: "0" is not a whole number of at least 1$/);
    assert.equal((await call('alerts', 'newrelic', '--part', '1')).code, 0);
  });

  it('make no alerts of more conditions than an account takes', async () => {
    const file = files.file('many.yaml');
    const filters = Array.from({ length: 999 }, (_, n) => `  - { name: f-${n}, projects: [web] }\n`);
    const defaults = 'defaults: { alert: { above: 1, anomaly: true, missing: true, trending: 4 } }\n';
    writeFileSync(file, `${defaults}filters:\n${filters.join('')}`);
    const { code, said, faults } = await call('alerts', 'newrelic', '--filters', file);
    assert.deepEqual([code, said], [1, '']);
    assert.match(faults, /^4002 conditions, and New Relic takes 4000 in an account: .*\nnothing was made\n$/);
    assert.equal((await call('alerts', 'prometheus', '--filters', file)).code, 0);
  });

  it('leave out what is not sent to New Relic and say so; refuse when that is all', async () => {
    const file = files.file('anodot.yaml');
    writeFileSync(file, 'filters:\n  - { name: shop, projects: [web], sinks: [anodot] }\n');
    const { code, said } = await call('dashboard', 'newrelic', '--account', '1', '--filters', file);
    assert.equal(code, 2);
    assert.match(said, /^no filter of \S+ is sent to newrelic; leave out its sinks: key, or add newrelic to it$/);
    const text = readFileSync(`${GOLDEN}/newrelic-alerts.tf`, 'utf8');
    assert.deepEqual(
      text.split('\n').filter((line) => line.includes('jobs-anodot')),
      ['# Left out, because they are not sent to newrelic: jobs-anodot.'],
    );
  });
});
