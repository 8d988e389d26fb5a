import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import { endProcesses, startProcess } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { startRemoteSandbox } from '../support/process/services.ts';
import { encodingsOf } from '../support/secrets/encodings.ts';
import { filtersText, postRun, settingsFor } from '../support/e2e/service.ts';

const GOOD = filtersText([{ name: 'web', projects: ['web'] }]);
const FULL = {
  SENTRY_URL: 'http://127.0.0.1:1',
  SENTRY_ORG: 'acme',
  SENTRY_AUTH_TOKEN: 'sentry-token-1',
  NEW_RELIC_ACCOUNT_ID: '1',
  NEW_RELIC_LICENSE_KEY: 'license-key-1',
  ANODOT_TOKEN: 'anodot-token-1',
  PORT: '0',
};

/** Exit code and standard error of a start that must fail, in a folder with these files. */
async function fails(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  const place = folder(files);
  const it = startProcess([`${import.meta.dirname}/../../src/main.ts`], env, place.path);
  await until('it ends, or starts after all', () => it.child.exitCode !== null || it.out().includes('"listening"'));
  place.remove();
  if (it.child.exitCode === null) it.child.kill('SIGTERM');
  assert.deepEqual(await it.end(), { code: 1, signal: null }, `it did start: ${it.out()}`);
  assert.equal(it.out(), '', 'nothing but the faults');
  const [head, ...lines] = it.err().split('\n');
  assert.equal(head, 'sentry-monitor cannot start:');
  assert.equal(lines.pop(), '');
  return lines;
}

describe('start', () => {
  after(() => endProcesses());

  it('with nothing set: exit 1, and every fault says what to do', async () => {
    assert.deepEqual(await fails({}, {}), [
      '  SINKS: no sink is configured; set ANODOT_TOKEN, or NEW_RELIC_ACCOUNT_ID and NEW_RELIC_LICENSE_KEY, or DRY_RUN=true to send nothing',
      '  SENTRY_ORG: is not set; set it (Slug of the Sentry organization)',
      '  SENTRY_AUTH_TOKEN: is not set; set it, or SENTRY_AUTH_TOKEN_FILE to a file that holds it (Token of an internal integration with org:read, project:read, event:read)',
      '  config/filters.yaml: does not exist; run init, copy config/filters.example.yaml to this place, or set FILTERS to another',
    ]);
  });

  it('faults of settings, of plug-ins and of filters come together, with file and line', async () => {
    const own = 'filters:\n  - name: web\n    projects: [web]\n  - name: web\n    projects: []\n';
    const ours =
      'filters:\n  - name: api\n    projects: [api]\n    tags: [count]\n  - name: jobs\n    projects: [jobs]\n    sinks: [kafka]\n';
    assert.deepEqual(
      await fails(
        { 'a.yaml': own, 'b.yaml': ours, 'c.yaml': GOOD.replaceAll('web', 'fine') },
        { ...FULL, FILTERS: '.', SENTRY_CONCURRENCY: '0', STRICT_FILTERS: 'true' },
      ),
      [
        '  SENTRY_CONCURRENCY: "0" is not a whole number from 1 to 15; write digits only, without a unit',
        '  ./a.yaml:4: name: "web" is taken by the filter in ./a.yaml:2; choose another',
        '  ./a.yaml:5: projects: is an empty list; write at least one entry',
        '  ./b.yaml:4: tags: the tag count would hide a field of ours in New Relic (count); leave it out',
        '  ./b.yaml:7: sinks: "kafka" is not an enabled sink; write some of anodot, newrelic, or enable it',
      ],
    );
  });

  it("a fault of the program's own settings does not hide those of sinks and filters", async () => {
    const lines = await fails(
      { 'f.yaml': GOOD },
      { ...FULL, FILTERS: 'f.yaml', PORT: '99999', NEW_RELIC_REGION: 'mars' },
    );
    assert.deepEqual(lines.toSorted(), [
      '  NEW_RELIC_REGION: "mars" is not one of us, eu, jp, gov; write one of them',
      '  PORT: "99999" is not a whole number from 0 to 65535; write digits only, without a unit',
    ]);
  });

  it('a secret that is too short to be masked is refused', async () => {
    const lines = await fails({ 'f.yaml': GOOD }, { ...FULL, FILTERS: 'f.yaml', ANODOT_TOKEN: 'abc' });
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^ {2}ANODOT_TOKEN: has fewer than \d+ characters/);
  });

  it('a port that is taken: exit 1, said in a line', async () => {
    const sandbox = await startRemoteSandbox();
    const lines = await fails(
      { 'f.yaml': GOOD },
      { ...FULL, FILTERS: 'f.yaml', PORT: new URL(sandbox.url).port },
    ).catch((error: Error) => [error.message]);
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.match(lines[0]!, /EADDRINUSE/);
  });

  it('secrets come from files, and stand in no log, error or answer, in any encoding', async () => {
    const secrets = {
      token: 'sntrys_A+b/c=d-0123',
      key: 'NRAK+lic/ense=0123456789',
      anodot: 'ano+dot/tok=en&x',
      trigger: 'trigger/token+16chars',
    };
    const sandbox = await startRemoteSandbox([
      '--sentry-token',
      secrets.token,
      '--new-relic-key',
      secrets.key,
      '--anodot-token',
      secrets.anodot,
    ]);
    const { SENTRY_AUTH_TOKEN: _a, NEW_RELIC_LICENSE_KEY: _b, ANODOT_TOKEN: _c, ...rest } = settingsFor(sandbox);
    const place = folder({
      a: `${secrets.token}\n`,
      b: secrets.key,
      c: `${secrets.anodot}\r\n`,
      d: secrets.trigger,
      'f.yaml': GOOD,
    });
    const now = Date.now();
    const end = Math.floor((now - 120_000) / 300_000) * 300_000;
    await sandbox.command('projects', { slug: 'web' });
    const forms = Object.values(secrets).flatMap(encodingsOf);
    await sandbox.command(
      'events',
      forms.map((form, n) => ({ at: end - 1000, project: 'web', issue: 100 + n, title: `Leak: <${form}>` })),
    );
    const it = startProcess(
      [`${import.meta.dirname}/../../src/main.ts`],
      {
        ...rest,
        FILTERS: 'f.yaml',
        PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'trace',
        SENTRY_AUTH_TOKEN_FILE: 'a',
        NEW_RELIC_LICENSE_KEY_FILE: 'b',
        ANODOT_TOKEN_FILE: 'c',
        TRIGGER_TOKEN_FILE: 'd',
      },
      place.path,
    );
    await until('it listens', () => it.out().includes('"listening"'));
    const url = `http://127.0.0.1:${String(
      (
        JSON.parse(
          it
            .out()
            .split('\n')
            .find((line) => line.includes('"listening"'))!,
        ) as { port: number }
      ).port,
    )}`;
    const init = { headers: { authorization: `Bearer ${secrets.trigger}` } };
    const query = `?end=${new Date(end).toISOString()}`;
    assert.equal((await postRun(url, query)).status, 401);
    // Every way a vendor can throw our keys back at us.
    const echo = `{"detail":"bad ${forms.join(' ')}","errors":["${secrets.anodot}"]}`;
    const answers = [];
    for (const vendor of ['sentry', 'newrelic', 'anodot'] as const) {
      await sandbox.command('faults', {
        vendor,
        kind: 'status',
        status: 400,
        body: echo,
        times: vendor === 'sentry' ? 0 : 1,
      });
      if (vendor === 'sentry') answers.push(await postRun(url, query, init));
      if (vendor === 'sentry') await sandbox.heal();
    }
    for (const more of ['&debug=true', '', '', `&filter=${encodeURIComponent(secrets.anodot)}`])
      answers.push(await postRun(url, query + more, init));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [503, 200, 502, 200, 400],
    );
    it.child.kill('SIGTERM');
    assert.deepEqual(await it.end(), { code: 0, signal: null });
    place.remove();
    const said = [
      it.out(),
      it.err(),
      ...answers.flatMap(({ text, headers }) => [text, JSON.stringify([...headers])]),
    ].join('\n');
    assert.ok(said.includes('Leak: <***>') && said.includes('bad ***'), 'what was thrown back is there, masked');
    for (const form of forms) assert.ok(!said.includes(form), `leaked: ${form}`);
    const { requests } = await sandbox.requests();
    assert.ok(
      requests.filter(({ status }) => status === 200).length >= 6,
      'the secrets of the files were the right ones',
    );
  });
});
