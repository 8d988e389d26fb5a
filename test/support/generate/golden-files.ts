import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realWorld } from '../../../src/app/real-world.ts';
import type { Command } from '../../../src/commands/command.ts';
import { alerts } from '../../../src/commands/generate/alerts.ts';
import { dashboard } from '../../../src/commands/generate/dashboard.ts';
import { diskOf } from '../build/disk.ts';

export const GOLDEN = 'test/fixtures/generate';

/** By file: what is called. */
export const OUTPUTS: Readonly<Record<string, readonly [command: Command, target: string, more: readonly string[]]>> = {
  'newrelic-dashboard.json': [dashboard, 'newrelic', ['--account', '1234567']],
  'newrelic-alerts.tf': [alerts, 'newrelic', []],
  'grafana-dashboard.json': [dashboard, 'grafana', []],
  'prometheus-rules.yaml': [alerts, 'prometheus', []],
};

/** What the command writes for a text of filters. */
export async function made(
  file: string,
  filters = readFileSync(join(GOLDEN, 'filters.yaml'), 'utf8'),
): Promise<string> {
  const [command, target, more] = OUTPUTS[file]!;
  let said = '';
  const disk = diskOf({
    statSync: () => ({ isDirectory: () => false, isFile: () => true, mtimeMs: 0 }),
    accessSync: () => undefined,
    readdirSync: () => [],
    readFileSync: () => Buffer.from(filters),
  });
  const code = await command.run(
    [target, ...more],
    realWorld(new AbortController().signal, {
      env: { FILTERS: 'filters.yaml' },
      disk,
      out: { write: (text) => (said += text) },
    }),
  );
  if (code !== 0) throw new Error(said);
  return said;
}

/** Writes them all anew: `node test/support/generate/golden-files.ts`. Read every line that changed. */
if (import.meta.main) for (const file of Object.keys(OUTPUTS)) writeFileSync(join(GOLDEN, file), await made(file));
