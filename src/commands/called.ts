import { basename, relative } from 'node:path';
import type { Env } from '../config/schema.ts';

/** How a process was started: its environment, and the path of the program. */
export interface Start {
  readonly env: Env;
  readonly program?: string | undefined;
}

/** Scripts of package.json by the command that they call, where it has another name. */
const SCRIPTS: Readonly<Record<string, string>> = { run: 'fill', serve: 'start' };
const PROGRAM = 'sentry-monitor.js';
const NAME = 'sentry-monitor';
const COLUMNS = 80;

/** How a command is called by who called this program. `args`: more is to be written behind it. */
export function called(command: string, { env, program = process.argv[1] }: Start, args = false): string {
  const script = SCRIPTS[command] ?? command;
  if (isByScript(env) && isScript(script)) return `npm run ${script}${args ? ' --' : ''}`;
  return `${programIn({ env, program })} ${command}`;
}

/** How this program is called. */
export function programIn({ env, program = process.argv[1] }: Start): string {
  // NOTE: not `node`: the one of who calls a script may be older than that of the scripts.
  if (env['npm_command'] === 'exec' || isByScript(env)) return `npx ${NAME}`;
  if (program === undefined || basename(program) !== PROGRAM) return NAME;
  const here = relative('.', program);
  return `node ${here.startsWith('..') ? program : here}`;
}

/** npm 11 says `run`, those before it `run-script`; `npm start` says `start`. */
function isByScript({ npm_command: command, npm_lifecycle_event: event }: Env): boolean {
  return /^(run|run-script|start)$/.test(command ?? '') && isScript(event ?? '');
}

/** NOTE: a script of another name calls ours in a way that nobody knows here. */
function isScript(event: string): boolean {
  return /^(init|preview|demo|sandbox|check|doctor|dashboard|alerts|plan|fill|start)$/.test(event);
}

/** A help text whose calls are those of who reads it, on lines of 80 columns. */
export function helpAs(help: string, start: Start): string {
  const [calls = '', ...rest] = help.split('\n\n');
  const shown = calls.split(new RegExp(`\n(?=${NAME} )`)).map((call) => {
    const [, command = '', args = ''] = /^sentry-monitor (\S+)\s*([^]*)$/.exec(call) ?? [];
    const head = called(command, start, args.trim() !== '');
    return head === `${NAME} ${command}` ? call : wrapped(head, args.match(/\[[^\]]*\]|\S+/g) ?? []);
  });
  return [shown.join('\n'), ...rest].join('\n\n');
}

/** How a help text says that its command is called: who called it wrongly looks for one line, not for all of it. */
export function callsIn(help: string): string {
  return `${help.split('\n\n', 1)[0]!}\n`;
}

function wrapped(head: string, args: readonly string[]): string {
  const lines = [head];
  for (const arg of args) {
    const line = lines.at(-1)!;
    if (line.length + 1 + arg.length <= COLUMNS) lines[lines.length - 1] = `${line} ${arg}`;
    else lines.push(`${' '.repeat(8)}${arg}`);
  }
  return lines.join('\n');
}
