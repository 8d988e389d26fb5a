import { spawn, spawnSync } from 'node:child_process';
import { cleanEnv, endLater, ROOT } from '../process/processes.ts';
import { until, within } from '../time/until.ts';

/** A program on a terminal of its own. */
export interface OnTerminal {
  /** All that the terminal showed, without how it was drawn. */
  shown(): string;
  /** Waits until what is shown since the last answer matches, then types it and Enter. */
  answer(question: RegExp, text: string): Promise<void>;
  /** Types without Enter. */
  type(keys: string): void;
  end(): Promise<number | null>;
}

const PYTHON = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

type Opener = (command: readonly string[]) => readonly [string, ...string[]];

/** What opens a terminal on this machine; undefined: nothing does. */
export function terminalOpener(): Opener | undefined {
  if (spawnSync('python3', ['-c', 'import os, pty; os.waitstatus_to_exitcode']).status === 0)
    return (command) => ['python3', '-c', PYTHON, ...command];
  if (spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] }).status === 0)
    return (command) => ['script', '-qec', command.map((word) => `'${word}'`).join(' '), '/dev/null'];
  return undefined;
}

export const NO_TERMINAL = 'NOT RUN: no program here opens a terminal (python3, or script of util-linux)';

/** Moves of the cursor, colours, and what clears. */
const DRAWING = /\u001B\[[0-9;?]*[A-Za-z]/g;

/** `args`: of node. */
export function onTerminal(
  open: Opener,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = ROOT,
): OnTerminal {
  const [program, ...rest] = open([process.execPath, ...args]);
  const child = spawn(program, rest, {
    cwd,
    env: { ...cleanEnv(env), TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  endLater(child);
  let [shown, seen] = ['', 0];
  const take = (text: string): void => void (shown += text.replaceAll(DRAWING, ''));
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  child.stdin.on('error', () => undefined);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return {
    shown: () => shown,
    async answer(question, text) {
      await until(
        `it asks ${String(question)}`,
        () => question.test(shown.slice(seen)) || child.exitCode !== null,
        30_000,
      );
      if (!question.test(shown.slice(seen))) throw new Error(`it ended and did not ask ${String(question)}:\n${shown}`);
      seen = shown.length;
      child.stdin.write(`${text}\r`);
    },
    type: (keys) => void child.stdin.write(keys),
    end: () => within(`it ends:\n${shown}`, ended, 60_000),
  };
}
