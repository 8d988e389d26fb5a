import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseEnv } from 'node:util';
import { cleanEnv, endProcesses, type Process, runNode, startProcess } from '../../support/process/processes.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { until } from '../../support/time/until.ts';

const FILTERS = `
defaults: { environments: [live] }
filters:
  - name: pay
    projects: [till, cash-desk]
    searchTerms: [zebra crossing]
    tags: [tenant, release]
`;

async function sandbox(...args: readonly string[]): Promise<Process> {
  const it = startProcess(['src/cli.ts', 'sandbox', '--port', '0', ...args], cleanEnv());
  await until('the sandbox says what to do', () => it.out().includes('# Mend it'));
  return it;
}

describe('sandbox: the command', () => {
  const files = folder({ 'filters.yaml': FILTERS, 'faulty.yaml': 'filters:\n  - nam: pay\n' });
  after(async () => {
    await endProcesses();
    files.remove();
  });

  it('prints what .env needs, and the service sends to it with these lines alone', async () => {
    const it = await sandbox('--filters', files.file('filters.yaml'), '--org', 'bazaar');
    const env = parseEnv(it.out()) as Record<string, string>;

    const span = Math.floor(Date.now() / 300_000) * 300_000 - 900_000;
    const [from, to] = [new Date(span).toISOString(), new Date(span + 600_000).toISOString()];
    const run = await runNode(['src/cli.ts', 'run', '--from', from, '--to', to, '--force'], env);

    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.equal(env['SENTRY_ORG'], 'bazaar');
    const { arrived, dropped, refused } = (await (await fetch(`${env['ANODOT_URL']}/sandbox/tally`)).json()) as {
      arrived: { what: string; project: string; value: number; records: number }[];
      dropped: number;
      refused: number;
    };
    assert.deepEqual([dropped, refused], [0, 0]);
    const counts = arrived.filter(({ what }) => what === 'event_count');
    assert.deepEqual([...new Set(counts.map(({ project }) => project))].toSorted(), ['cash-desk', 'till']);
    const events = counts.reduce((sum, { value }) => sum + value, 0);
    assert.ok(events > 10, `${events} events speak of a zebra crossing in live`);
    assert.ok(arrived.some(({ what, records }) => what === 'sentry_issue_tag' && records > 0));
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends cleanly on ${signal}, also while a request hangs`, async () => {
      const it = await sandbox();
      const { SENTRY_URL: url, SENTRY_AUTH_TOKEN: token } = parseEnv(it.out());
      const planted = await fetch(`${url}/sandbox/faults`, {
        method: 'POST',
        body: '{"vendor":"sentry","kind":"hang"}',
      });
      assert.equal(planted.status, 200);
      const headers = { authorization: `Bearer ${token}` };
      const hanging = fetch(`${url}/api/0/organizations/acme/projects/`, { headers }).catch(() => 'cut');
      await until('the request hangs', async () =>
        (await (await fetch(`${url}/sandbox/requests`)).text()).includes('"hang"'),
      );

      it.child.kill(signal);

      assert.deepEqual(await it.end(), { code: 0, signal: null });
      assert.equal(await hanging, 'cut');
      assert.equal(it.err(), `plays at ${url} until Ctrl-C; the lines for .env are written\n`);
    });
  }

  it('says when the port is in use, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await until('the other listens', () => other.listening);
    const { port } = other.address() as AddressInfo;

    const { code, stdout, stderr } = await runNode(['src/cli.ts', 'sandbox', '--port', String(port)]);

    other.close();
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(
      stderr,
      `127.0.0.1:${port} is in use by another process: end it, or choose another port with --port\n`,
    );
  });

  it('does not begin with a filters file that has faults: they are named by file and line', async () => {
    const { code, stdout, stderr } = await runNode(['src/cli.ts', 'sandbox', '--filters', files.file('faulty.yaml')]);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /faulty\.yaml:2: .*nam/);
    assert.match(stderr, /\d to mend\n$/);
  });

  for (const [args, words] of [
    [['--port', '70000'], '--port: 70000 is no port, 0 to 65535'],
    [['--org', 'Acme Inc'], '--org: Acme Inc is no slug: small letters, digits, - and _'],
    [['--flavour', 'sour'], '--flavour: sour is none of sentry, glitchtip, sentry-2019, sentry-2022'],
    [['--seed', 'x'], '--seed: x is no whole number'],
    [['--frob'], 'unknown option --frob'],
  ] as const) {
    it(`calls ${args.join(' ')} a bad call`, async () => {
      const { code, stdout, stderr } = await runNode(['src/cli.ts', 'sandbox', ...args]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.ok(stderr.startsWith(words), stderr);
      assert.match(stderr, /^sentry-monitor sandbox \[/m);
    });
  }

  it('prints an environment file that a shell reads as well, a path with a blank in it too', async () => {
    const odd = folder({ 'my filters.yaml': FILTERS });
    const it = await sandbox('--filters', odd.file('my filters.yaml'));
    const lines = it.out().split('\n');
    odd.remove();
    assert.ok(
      lines.every((line) => line === '' || /^(#.*|[A-Z_]+=([\w./:=-]+|'[^']+'))$/.test(line)),
      it.out(),
    );
    assert.equal(parseEnv(it.out())['FILTERS'], odd.file('my filters.yaml'));
  });
});
