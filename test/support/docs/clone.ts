import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../process/processes.ts';

/** What is not there after a clone, and what must not be shared with the real one. */
const NOT_LINKED = ['.git', '.env', 'config', 'coverage', 'dist'];
/** NOTE: the links lead to the real node_modules, which `npm ci` would empty. */
const NPM = `#!/bin/sh
case "$1" in ci | install | i | update) echo 'the packages are there' ;; *) exec "$REAL_NPM" "$@" ;; esac
`;
/** What else is not to be had, or not to be touched. */
const STAND_INS: Readonly<Record<string, string>> = { npm: NPM, logger: '#!/bin/sh\nexec cat\n' };

/** As the folder of somebody who has cloned the repository and installed its packages. */
export interface Clone {
  readonly path: string;
  /** In a folder beside it, for what is no part of the repository. */
  beside(name: string): string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

export function clone(): Clone {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'sentry-monitor-docs-')));
  const beside = (name: string): string => path.join(home, name);
  const folder = beside('sentry-monitor');
  fs.mkdirSync(folder);
  fs.mkdirSync(beside('bin'));
  for (const name of fs.readdirSync(ROOT).filter((it) => !NOT_LINKED.includes(it)))
    fs.symlinkSync(path.join(ROOT, name), path.join(folder, name));
  fs.mkdirSync(path.join(folder, 'config'));
  for (const name of ['filters.example.yaml', 'filters.schema.json'])
    fs.copyFileSync(path.join(ROOT, 'config', name), path.join(folder, 'config', name));
  for (const [name, text] of Object.entries(STAND_INS)) fs.writeFileSync(beside(`bin/${name}`), text, { mode: 0o755 });
  const { PATH = '' } = process.env;
  const env = {
    PATH: [beside('bin'), path.join(ROOT, 'node_modules/.bin'), PATH].join(':'),
    REAL_NPM: found('npm', PATH),
    HOME: home,
    HOST: '127.0.0.1',
    NO_COLOR: '1',
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
  };
  return { path: folder, beside, env, remove: () => fs.rmSync(home, { recursive: true, force: true }) };
}

/** The program's file, or its name where there is none. */
export function found(program: string, searchPath = process.env['PATH'] ?? ''): string {
  const files = searchPath.split(':').map((folder) => path.join(folder, program));
  return files.find((file) => fs.existsSync(file)) ?? program;
}
