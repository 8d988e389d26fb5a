import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnv, type Ended, endProcesses, ROOT, runNode } from '../../support/process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../../support/process/services.ts';
import { folder } from '../../support/process/temp-folder.ts';

const CLI = join(ROOT, 'src/cli.ts');
type Env = Readonly<Record<string, string>>;

describe('init in a script', () => {
  let sandbox: RemoteSandbox;
  let files: ReturnType<typeof folder>;
  let sentry: Env;

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    await sandbox.command('projects', [{ slug: 'web' }, { slug: 'api' }]);
    files = folder({});
    sentry = { SENTRY_URL: sandbox.sentryUrl, SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: sandbox.keys.sentryToken };
  });
  afterEach(async () => {
    await endProcesses();
    files.remove();
  });

  const init = (args: readonly string[], env: Env = {}): Promise<Ended> =>
    runNode([CLI, 'init', ...args], env, files.path);
  const envText = (): string => readFileSync(files.file('.env'), 'utf8');
  const filtersText = (): string => readFileSync(files.file('config/filters.yaml'), 'utf8');
  const nothingWritten = (): void =>
    assert.deepEqual([existsSync(files.file('.env')), existsSync(files.file('config'))], [false, false]);

  it('takes options and the environment, asks nobody, and without a sink sends nothing', async () => {
    const { SENTRY_AUTH_TOKEN } = sentry as { SENTRY_AUTH_TOKEN: string };
    const args = ['--url', sandbox.sentryUrl, '--org', 'acme', '--projects', 'api'];
    const { code, stdout, stderr } = await init(args, { SENTRY_AUTH_TOKEN });
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.equal(
      envText().split('\n').slice(1).join('\n'),
      `SENTRY_AUTH_TOKEN=${SENTRY_AUTH_TOKEN}\nSENTRY_URL=${sandbox.sentryUrl}\nSENTRY_ORG=acme\nDRY_RUN=true\nFILTERS=config/filters.yaml\n`,
    );
    assert.match(filtersText(), /projects: \[api\]/);
    assert.ok(!stdout.includes(SENTRY_AUTH_TOKEN));
    assert.match(stdout, /sentry-monitor preview\n$/);
  });

  it('reads the token from a pipe', async () => {
    const { SENTRY_AUTH_TOKEN, ...rest } = sentry;
    const child = spawn(process.execPath, [CLI, 'init', '--token-stdin'], { cwd: files.path, env: cleanEnv(rest) });
    child.stdin.end(`${SENTRY_AUTH_TOKEN}\n`);
    const code = await new Promise((done) => child.once('close', done));
    assert.equal(code, 0);
    assert.match(envText(), new RegExp(`^SENTRY_AUTH_TOKEN=${SENTRY_AUTH_TOKEN}$`, 'm'));
  });

  it('leaves a secret in its file', async () => {
    writeFileSync(files.file('token'), `${sentry['SENTRY_AUTH_TOKEN']}\n`);
    const { SENTRY_AUTH_TOKEN: _none, ...rest } = sentry;
    const { code, stdout } = await init([], { ...rest, SENTRY_AUTH_TOKEN_FILE: files.file('token') });
    assert.equal(code, 0, stdout);
    assert.match(envText(), /^SENTRY_AUTH_TOKEN_FILE=.*token$/m);
    assert.doesNotMatch(envText(), /^SENTRY_AUTH_TOKEN=/m);
  });

  it('with the keys of a sink sends, unless --dry-run; takes over what the sink needs besides', async () => {
    const { newRelicAccountId, newRelicKey } = sandbox.keys;
    const keys = {
      NEW_RELIC_ACCOUNT_ID: newRelicAccountId,
      NEW_RELIC_LICENSE_KEY: newRelicKey,
      NEW_RELIC_EVENT_URL: sandbox.url,
    };
    assert.equal((await init([], { ...sentry, ...keys })).code, 0);
    assert.match(envText(), /^DRY_RUN=false$/m);
    assert.match(envText(), new RegExp(`^NEW_RELIC_EVENT_URL=${sandbox.url}$`, 'm'));
    const again = await init(['--dry-run'], { ...sentry, ...keys });
    assert.deepEqual([again.code, again.stdout], [1, '']);
    const said = 'DRY_RUN has another value in .env; leave out --dry-run, or pass --overwrite to replace it there';
    assert.equal(again.stderr, `${said}; nothing was written\n`);
    const others = await init(['--url', 'http://127.0.0.1:9'], { ...sentry, ...keys, SENTRY_ORG: 'other' });
    assert.match(
      others.stderr,
      /^SENTRY_\w+, SENTRY_\w+ have other values in \.env; (?=.*leave out --url)(?=.*unset SENTRY_ORG).* replace them there/,
    );
    assert.equal((await init(['--dry-run', '--overwrite'], { ...sentry, ...keys })).code, 0);
    assert.match(envText(), /^DRY_RUN=true$/m);
  });

  it('says what it was given and cannot work, and ends as check would', async () => {
    const keys = { NEW_RELIC_ACCOUNT_ID: '1', NEW_RELIC_LICENSE_KEY: 'NRAK-ABCDEFGHIJKLMNOPQRSTUVWXYZ0' };
    const { code, stdout } = await init([], { ...sentry, ...keys, SENTRY_AUTHTOKEN: 'another-secret' });
    const lines = stdout.split('\n').slice(-4);
    assert.deepEqual(lines, [
      'warning  SENTRY_AUTHTOKEN: is no variable of this program; did you mean SENTRY_AUTH_TOKEN?',
      'fault    NEW_RELIC_LICENSE_KEY: is a user key (NRAK-); use a key of type INGEST - LICENSE',
      '1 to mend; then: sentry-monitor check',
      '',
    ]);
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /another-secret|ABCDEFGH/);
  });

  it('keeps what is there, of .env and of the filters', async () => {
    const mine = `# mine\nPORT=4000\nSENTRY_ORG=acme\nSENTRY_URL=${sandbox.sentryUrl}\nDRY_RUN=\n`;
    writeFileSync(files.file('.env'), mine);
    chmodSync(files.file('.env'), 0o644);
    mkdirSync(files.file('config'));
    writeFileSync(files.file('config/filters.yaml'), 'filters:\n  - { name: mine, projects: [web] }\n');
    const { code, stdout } = await init([], { SENTRY_AUTH_TOKEN: sandbox.keys.sentryToken });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^config\/filters\.yaml: is there already and stays as it is; --overwrite writes it anew$/m);
    assert.equal(filtersText(), 'filters:\n  - { name: mine, projects: [web] }\n');
    const lines = mine.replace('DRY_RUN=', 'DRY_RUN=true');
    assert.equal(envText(), `${lines}SENTRY_AUTH_TOKEN=${sandbox.keys.sentryToken}\nFILTERS=config/filters.yaml\n`);
    assert.equal(statSync(files.file('.env')).mode & 0o777, 0o600);
    assert.equal((await init(['--overwrite'], { SENTRY_AUTH_TOKEN: sandbox.keys.sentryToken })).code, 0);
    assert.match(filtersText(), /name: acme\n/);
  });

  it('does not take the example in a fresh .env for filters of one’s own', async () => {
    writeFileSync(files.file('.env'), 'FILTERS=config/filters.example.yaml\n');
    assert.equal((await init([], sentry)).code, 0);
    assert.match(envText(), /^FILTERS=config\/filters\.yaml\n/);
    assert.match(filtersText(), /projects: \[api, web\]/);
  });

  for (const [name, wrong, said] of [
    ['organization', { SENTRY_ORG: 'acmee' }, /404.*nothing was written\n$/],
    ['token', { SENTRY_AUTH_TOKEN: 'wrong-token-0123456789' }, /401.*nothing was written\n$/],
    ['slug', { SENTRY_ORG: 'not a slug' }, /^SENTRY_ORG .*write the slug.*nothing was written\n$/],
    [
      'token that is missing',
      { SENTRY_AUTH_TOKEN: '' },
      /^SENTRY_AUTH_TOKEN is not given; pipe it in with --token-stdin, or/,
    ],
    [
      'name of the token',
      { SENTRY_AUTH_TOKEN: '', SENTRY_AUTHTOKEN: 'wrong-token-0123456789' },
      /_FILE; SENTRY_AUTHTOKEN is set: is it meant to be this one\?; nothing was written\n$/,
    ],
    ['organization that is missing', { SENTRY_ORG: '' }, /^SENTRY_ORG is not given; pass --org, or set it; nothing/],
    ['address', { SENTRY_URL: 'http://127.0.0.1:9' }, /cannot connect \(ECONNREFUSED.*nothing was written\n$/],
    [
      'account',
      { NEW_RELIC_ACCOUNT_ID: '1' },
      /^NEW_RELIC_LICENSE_KEY is not given; set it, or set NEW_RELIC_LICENSE_KEY_FILE/,
    ],
  ] as const)
    it(`names a wrong ${name}, and writes nothing`, async () => {
      const { code, stderr } = await init([], { ...sentry, ...wrong });
      assert.equal(code, 1);
      assert.match(stderr, said);
      assert.doesNotMatch(stderr, /wrong-token/);
      nothingWritten();
    });

  it('says when a file cannot be read or written, and leaves no draft behind', async () => {
    mkdirSync(files.file('.env'));
    const unread = await init([], sentry);
    assert.deepEqual([unread.code, unread.stdout], [1, '']);
    assert.equal(unread.stderr, '.env cannot be read (EISDIR); check its rights; nothing was written\n');
    const other = folder({ token: '' });
    const args = [CLI, 'init', '--filters', 'token/filters.yaml'];
    const { code, stderr } = await runNode(args, sentry, other.path);
    const said = 'token/filters.yaml cannot be written (EEXIST); check the rights of its folder, and the disk\n';
    assert.deepEqual([code, stderr, readdirSync(other.path)], [1, said, ['token']]);
    other.remove();
  });

  it('names a project that is not there, and what may be meant', async () => {
    const { code, stderr } = await init(['--projects', 'wep'], sentry);
    assert.deepEqual(
      [code, stderr],
      [1, '--projects: "wep" is no project and no team that Sentry tells; did you mean web?; nothing was written\n'],
    );
    nothingWritten();
  });
});
