import { realFiles } from '../../src/platform/real-files.ts';
import type { World } from '../../src/app/world.ts';
import { diskOf } from '../support/build/disk.ts';
import { createClock } from '../support/time/clock.ts';

export const TOKEN = 'sntrys_0123456789abcdef/+==';
export const ENV = {
  TREND_BASELINES: 'off',
  SENTRY_SOURCE: 'table',
  SENTRY_ORG: 'acme',
  SENTRY_AUTH_TOKEN: TOKEN,
  NEW_RELIC_ACCOUNT_ID: '1',
  NEW_RELIC_LICENSE_KEY: 'license-0123456789',
  ANODOT_TOKEN: 'anodot-0123456789',
};
export const FILTERS =
  'filters:\n  - { name: crm, projects: [crm-web] }\n  - { name: web, projects: [crm-web], searchTerms: [x], sinks: [anodot] }\n';

export interface Stage {
  readonly world: World;
  readonly lines: string[];
}

export function worldOf(
  env: Record<string, string> = {},
  files: Record<string, string> = { 'config/filters.yaml': FILTERS },
): Stage {
  const clock = createClock((ms) => ms > 90_000 || ms === 250 || ms === 30_000);
  const lines: string[] = [];
  let ids = 0;
  const missing = (path: string): never => {
    throw Object.assign(new Error(`ENOENT ${path}`), { code: 'ENOENT' });
  };
  const disk = {
    statSync: (path: string) =>
      path in files ? { isDirectory: () => false, isFile: () => true, mtimeMs: 0 } : missing(path),
    accessSync: (path: string) => (path in files ? undefined : missing(path)),
    readdirSync: missing,
    readFileSync: (path: string) => (path in files ? Buffer.from(files[path]!) : missing(path)),
  };
  const world: World = {
    files: realFiles,
    env: { ...ENV, ...env },
    disk: diskOf(disk),
    ...clock,
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    random: () => 0,
    out: { write: (line) => lines.push(line) },
    err: { write: (line) => lines.push(line) },
    server: 'host-1',
    version: '1.2.3',
    shutdown: new AbortController().signal,
  };
  return { world, lines };
}
