import assert from 'node:assert/strict';
import { join } from 'node:path';
import { until } from '../time/until.ts';
import { folder } from '../process/temp-folder.ts';
import { type Process, startProcess } from '../process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../process/services.ts';
import { type FilterSpec, filtersText, settingsFor } from '../e2e/service.ts';
import { GIVEN, SECRETS } from './bench.ts';
import { createSearch, type Leak } from './leaks.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FILTERS: readonly FilterSpec[] = [
  { name: 'web', projects: ['web'] },
  { name: 'api', projects: ['api'] },
];

export const search = createSearch(SECRETS);

/** With events of the window that ends at `end`. */
export async function startSecretSandbox(end: number): Promise<RemoteSandbox> {
  const sandbox = await startRemoteSandbox([
    '--sentry-token',
    GIVEN.SENTRY_AUTH_TOKEN,
    '--new-relic-key',
    GIVEN.NEW_RELIC_LICENSE_KEY,
    '--anodot-token',
    GIVEN.ANODOT_TOKEN,
  ]);
  await sandbox.command('projects', [{ slug: 'web' }, { slug: 'api' }]);
  await sandbox.command(
    'events',
    ['web', 'api'].map((project, n) => ({
      at: end - 1000,
      project,
      issue: 100 + n,
      title: `LeakError: <${Object.values(SECRETS).join(' ')}>`,
      repeat: 3,
    })),
  );
  return sandbox;
}

/** The service in a process of its own, with all secrets and its whole log in either format. */
export async function startSecretService(
  sandbox: RemoteSandbox,
  env: Readonly<Record<string, string>> = {},
): Promise<Process & { readonly url: string }> {
  const files = folder({ 'filters.yaml': filtersText(FILTERS) });
  const it = startProcess(
    [join(ROOT, 'src/main.ts')],
    {
      ...settingsFor(sandbox),
      ...GIVEN,
      FILTERS: files.file('filters.yaml'),
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'trace',
      ...env,
    },
    files.path,
  );
  void it.ended.then(() => files.remove());
  const port = (): string | undefined =>
    /"port":(\d+)|port\S*: (?:\S*m)?(\d+)/
      .exec(it.out())
      ?.slice(1)
      .find((text) => text !== undefined);
  await until(`the service listens (it said: ${it.err()})`, () => port() !== undefined || it.child.exitCode !== null);
  assert.ok(port() !== undefined, `the service did not start: ${it.err()}`);
  return { ...it, url: `http://127.0.0.1:${port()!}` };
}

/** What a process said that it should not. */
export function leaksOf(it: Process): readonly Leak[] {
  return [...search('stdout', it.out()), ...search('stderr', it.err())];
}
