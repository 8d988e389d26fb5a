import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where programs lie that no package of Debian's or npm's brings, as docs/development.md says. */
export const TOOLS =
  process.env['SENTRY_MONITOR_TOOLS'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'sentry-monitor', 'tools');

/** Debian's package of each program that tests call and that no npm package brings; `.ci/run` installs them all. */
export const DEBIAN: Readonly<Record<string, string>> = {
  curl: 'curl',
  openssl: 'openssl',
  prometheus: 'prometheus',
  promtool: 'prometheus',
  'systemd-analyze': 'systemd',
};

/** Its path in `TOOLS`, else on PATH; undefined: not on this machine. */
export function toolHere(name: string): string | undefined {
  return newerTool(name) ?? onPath(name);
}

export function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram);
}

/** Its path in `TOOLS` only: newer than what is on PATH. */
export function newerTool(name: string): string | undefined {
  return [join(TOOLS, name)].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A test that the program does, with its path; where it is not on this machine, one that says in its title that nothing
 * was judged, and what to install.
 */
export function itWith(
  name: string,
  path: string | undefined,
  title: string,
  judge: (path: string) => Promise<void>,
): void {
  if (path !== undefined) it(`${name} ${title}`, () => judge(path));
  else notRun(`${name} ${title}`, wanted(name));
}

/** As `describe`, where all its tests call this program of `DEBIAN`; where it is missing, one line stands for them. */
export function describeWith(name: string, title: string, body: (this: Mocha.Suite) => void): void {
  if (onPath(name) !== undefined) describe(title, body);
  else notRun(title, wanted(name));
}

/** A test that says in its title that nothing was judged. `why`: what to install. */
export function notRun(title: string, why: string): void {
  it(`NOT RUN: ${title} (${why})`, () => undefined);
}

function wanted(name: string): string {
  const debian = DEBIAN[name];
  return debian === undefined
    ? `no ${name} in ${TOOLS}; docs/development.md`
    : `no ${name}: install Debian's package ${debian}`;
}

/** All that it says; '' when it ends well and says nothing. `quiet`: what it says when all is well does not count. */
export async function objectionsOf(
  program: string,
  args: readonly string[],
  {
    cwd,
    quiet = false,
    env = {},
  }: { readonly cwd: string; readonly quiet?: boolean; readonly env?: NodeJS.ProcessEnv },
): Promise<string> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (said += part));
  const code = await new Promise<number | null>((done, fail) => void child.once('error', fail).once('close', done));
  if (code !== 0) return `exit code ${String(code)}\n${said}`;
  return quiet ? '' : said;
}
