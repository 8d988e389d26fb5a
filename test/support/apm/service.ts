import assert from 'node:assert/strict';
import { until } from '../time/until.ts';
import { folder } from '../process/temp-folder.ts';
import { type Process, startProcess } from '../process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../process/services.ts';
import { encodingsOf } from '../secrets/encodings.ts';
import { filtersText, settingsFor } from '../e2e/service.ts';
import type { Collector } from './collector.ts';

/** Characters that look different in a URL, in a form and in base64. */
export const SECRETS = {
  sentry: 'sntryu_a+b/c=d&e?f0123456789',
  anodot: 'ano+dot/tok=en&x?0123456789',
  newrelic: 'f00d0123456789abcdef0123456789abcdefNRAL',
};

export function startLively(): Promise<RemoteSandbox> {
  return startRemoteSandbox([
    '--story',
    'lively',
    '--sentry-token',
    SECRETS.sentry,
    '--anodot-token',
    SECRETS.anodot,
    '--new-relic-key',
    SECRETS.newrelic,
  ]);
}

const FILTERS = [
  { name: 'shop', projects: ['web', 'api'] },
  { name: 'background', projects: ['worker'] },
];

export interface Watched extends Process {
  readonly url: string;
  log(): Record<string, unknown>[];
  /** SIGTERM; the exit code and how long it took, ms. */
  stop(): Promise<{ readonly code: number | null; readonly ms: number }>;
}

/** The service as npm start and the Procfile start it. `via`: where the vendors are, when not at the sandbox. */
export async function startWatched(
  sandbox: RemoteSandbox,
  env: Readonly<Record<string, string | undefined>>,
  files: Readonly<Record<string, string>> = {},
  via = sandbox.url,
): Promise<Watched> {
  const own = folder({ 'filters.json': filtersText(FILTERS), ...files });
  const settings = {
    ...settingsFor({ ...sandbox, url: via, sentryUrl: via }),
    FILTERS: own.file('filters.json'),
    PORT: '0',
    ...env,
  };
  const it = startProcess(['-r', './apm.cjs', 'src/main.ts'], resolve(settings, own.path));
  void it.ended.then(() => own.remove());
  const log = (): Record<string, unknown>[] =>
    it
      .out()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const port = (): unknown => log().find(({ msg }) => msg === 'listening')?.['port'];
  await until(`the service listens (it said: ${it.err()})`, () => port() !== undefined || it.child.exitCode !== null);
  assert.ok(port() !== undefined, it.err());
  return {
    ...it,
    log,
    url: `http://127.0.0.1:${String(port())}`,
    stop: async () => {
      const from = performance.now();
      it.child.kill('SIGTERM');
      await until('the service ends', () => it.child.exitCode !== null || it.child.signalCode !== null);
      return { code: (await it.end()).code, ms: performance.now() - from };
    },
  };
}

/** Leaves out what is undefined; `{folder}` stands for the folder of the files. */
function resolve(env: Readonly<Record<string, string | undefined>>, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value.replace('{folder}', path)]],
    ),
  );
}

/** No secret in any form in anything that the collector got, but for the license key where the protocol wants it. */
export function assertNoSecrets(collector: Collector): void {
  assert.ok(collector.reports.length > 0);
  for (const { method, url, headers, texts } of collector.reports) {
    assert.equal(url.searchParams.get('license_key'), SECRETS.newrelic);
    url.searchParams.delete('license_key');
    for (const text of [url.href, JSON.stringify(headers), ...texts]) assertNone(text, Object.values(SECRETS), method);
  }
}

export function assertNone(text: string, secrets: readonly string[], where: string): void {
  for (const form of secrets.flatMap(encodingsOf)) {
    const at = text.indexOf(form);
    assert.equal(at, -1, `${where}: ${text.slice(Math.max(0, at - 60), at + 60)}`);
  }
}
