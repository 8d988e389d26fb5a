import assert from 'node:assert/strict';
import { join } from 'node:path';
import { until } from '../support/time/until.ts';
import { endProcesses, type Process, startProcess } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import type { RemoteSandbox } from '../support/process/services.ts';
import { postRun, settingsFor } from '../support/e2e/service.ts';
import { AUTHORIZED, GIVEN, SECRETS } from '../support/secrets/bench.ts';
import { leaksOf, search, startSecretSandbox, startSecretService } from '../support/secrets/secret-service.ts';

const PRELOAD = join(import.meta.dirname, '../support/secrets/crash.cjs');
/** Breaks the process when Anodot has answered: in the midst of a run. */
const BREAKING = {
  NODE_OPTIONS: `-r ${PRELOAD}`,
  BREAK_WITH: Object.keys(GIVEN).join(','),
  BREAK_AFTER: '/api/v1/metrics',
};
/** Of the error that the preload throws: what stands besides its message. */
const OWN = /own-property-marker|cause-marker|\[cause\]|headers|Authorization/;

describe('secrets and a process that breaks', () => {
  let sandbox: RemoteSandbox;
  const end = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;
  const query = `?end=${new Date(end).toISOString()}`;

  before(async () => {
    sandbox = await startSecretSandbox(end);
  });
  after(() => endProcesses());

  /** `answer`: what the post got; 'cut' when the process was gone before. */
  async function breakIn(
    way: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Process & { readonly answer: string }> {
    const service = await startSecretService(sandbox, { ...BREAKING, BREAK: way, ...env });
    const before = (await sandbox.requests()).requests.length;
    const answer = await postRun(service.url, query, AUTHORIZED).then(
      ({ text }) => text,
      () => 'cut',
    );
    assert.deepEqual(await service.end(), { code: 1, signal: null });
    const asked = (await sandbox.requests()).requests.slice(before);
    assert.ok(
      asked.some(({ vendor, status }) => vendor === 'anodot' && status === 200),
      'it was in the midst of a run',
    );
    return { ...service, answer };
  }

  it('node itself would show all of it', async () => {
    const target = JSON.stringify(`${sandbox.url}/api/v1/metrics`);
    const it = startProcess(['-e', `require('http').get(${target})`], { ...GIVEN, ...BREAKING, BREAK: 'callback' });
    assert.deepEqual(await it.end(), { code: 1, signal: null });
    assert.match(it.err(), OWN);
    for (const name of Object.keys(SECRETS))
      assert.ok(
        leaksOf(it).some(({ secret }) => secret === name),
        name,
      );
  });

  for (const [way, words] of [
    ['callback', /^TypeError: broke on \*\*\*(?: and \*\*\*){7},?\S*\n {4}at .*secrets\/crash\.cjs/],
    ['timer', /^TypeError: broke on \*\*\*/],
    ['rejection', /^TypeError: broke on \*\*\*/],
    ['twice', /^TypeError: broke on \*\*\*/],
    ['plain object', /^\[object Object\]$/],
    ['text', /^text with \*\*\*/],
    ['rejected text', /^text with \*\*\*/],
    ['no stack', /^TypeError: broke on \*\*\*/],
  ] as const) {
    it(`a ${way}: one masked line, the end, nothing more`, async () => {
      const service = await breakIn(way);
      const lines = service
        .out()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const { level, msg, error } = lines.at(-1)!;
      assert.deepEqual([level, msg, lines.filter((line) => line['msg'] === 'crashed').length], [50, 'crashed', 1]);
      assert.match(String(error), words);
      assert.doesNotMatch(service.out() + service.err(), OWN);
      assert.equal(service.err(), '');
      // Usually nobody is answered; while the log's reader is behind the run has the time to say how far it came.
      assert.deepEqual([...leaksOf(service), ...search('answer', service.answer)], []);
    });
  }

  it('an error that cannot even be looked at: the end', async () => {
    const service = await breakIn('hostile stack');
    assert.equal(service.err(), '');
    assert.deepEqual(leaksOf(service), []);
  });

  it('is said for people too', async () => {
    const service = await breakIn('callback', { LOG_FORMAT: 'pretty' });
    assert.match(service.out(), /ERROR.*crashed[^]*TypeError: broke on \*\*\*[^]*\n$/);
    assert.deepEqual(leaksOf(service), []);
  });

  it('is said when LOG_LEVEL would not have it', async () => {
    const it = startProcess(['src/main.ts'], {
      ...settingsFor(sandbox),
      ...GIVEN,
      ...BREAKING,
      FILTERS: 'config/filters.example.yaml',
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'silent',
      BREAK: 'a port',
    });
    assert.deepEqual(await it.end(), { code: 1, signal: null });
    const { msg, error } = JSON.parse(it.out()) as Record<string, string>;
    assert.equal(msg, 'crashed');
    assert.match(error!, /^TypeError: broke on \*\*\*/);
    assert.deepEqual([it.err(), leaksOf(it)], ['', []]);
  });

  it('with a log whose reader is behind: the line still arrives, and the run that was aborted says how far it came', async () => {
    const service = await breakIn('full pipe');
    const lines = service.out().split('\n');
    assert.equal(lines.filter((line) => /^x{999}$/.test(line)).length, 400);
    assert.ok(lines.some((line) => line.includes('"msg":"crashed"')));
    assert.deepEqual([...leaksOf(service), ...search('answer', service.answer)], []);
  });

  it('with a log that nobody reads: the end does not wait for ever', async () => {
    const service = await startSecretService(sandbox, { ...BREAKING, BREAK: 'full pipe' });
    service.child.stdout!.removeAllListeners('data').pause();
    const answer = await postRun(service.url, query, AUTHORIZED).then(
      ({ text }) => text,
      () => 'cut',
    );
    await until('it ends', () => service.child.exitCode !== null);
    assert.equal(service.child.exitCode, 1);
    assert.ok(!service.out().includes('crashed'), 'nobody did read');
    assert.deepEqual(search('answer', answer), []);
  });

  it('before it listens: exit 1, masked', async () => {
    const it = startProcess(['src/main.ts'], {
      ...GIVEN,
      SENTRY_ORG: 'acme',
      NEW_RELIC_ACCOUNT_ID: '1',
      FILTERS: 'config/filters.example.yaml',
      ...BREAKING,
      BREAK: 'no port',
    });
    assert.deepEqual(await it.end(), { code: 1, signal: null });
    assert.match(it.err(), /^sentry-monitor cannot start:\n {2}broke on \*\*\* and \*\*\*/);
    assert.doesNotMatch(it.out() + it.err(), OWN);
    assert.deepEqual(leaksOf(it), []);
  });

  it('a command of the terminal says it on stderr, masked, also a secret from a file', async () => {
    const files = folder({ token: `${GIVEN.ANODOT_TOKEN}\n` });
    const ours = {
      SENTRY_AUTH_TOKEN: GIVEN.SENTRY_AUTH_TOKEN,
      SENTRY_ORG: 'acme',
      FILTERS: 'config/filters.example.yaml',
      ANODOT_TOKEN_FILE: files.file('token'),
      COPY: GIVEN.ANODOT_TOKEN,
    };
    for (const [command, way] of [
      ['demo', 'no port'],
      ['check', 'no words'],
    ] as const) {
      const it = startProcess(['src/cli.ts', command], {
        ...ours,
        ...BREAKING,
        BREAK: way,
        BREAK_WITH: 'SENTRY_AUTH_TOKEN,COPY',
      });
      assert.deepEqual(await it.end(), { code: 1, signal: null });
      assert.match(it.err(), /^sentry-monitor broke:\nTypeError: broke on \*\*\* and \*\*\*\n {4}at /);
      assert.doesNotMatch(it.out() + it.err(), OWN);
      assert.deepEqual(leaksOf(it), []);
    }
    files.remove();
  });
});
