import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { within } from '../time/until.ts';
import type { Clone } from './clone.ts';

const LIMIT_MS = 180_000;

export interface Said {
  readonly code: number;
  /** Of both streams. */
  readonly text: string;
}

/** A shell that remembers its folder and variables from command to command, as a terminal does. */
export interface Terminal {
  run(command: string): Promise<Said>;
  /** The same in another terminal, with the folder and the variables of this one. */
  beside(command: string): Promise<ChildProcess>;
  close(): void;
}

export function openTerminal(clone: Clone, env: Readonly<Record<string, string>>): Terminal {
  const shell = spawn('sh', [], { cwd: clone.path, env: { ...clone.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let text = '';
  let heard = (): void => undefined;
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      heard();
    });
  let serial = 0;
  const tell = async (script: string): Promise<Said> => {
    const end = `@@end-${++serial} `;
    text = '';
    const done = new Promise<Said>((resolve) => {
      heard = () => {
        const found = new RegExp(`\n${end}(\\d+)\n`).exec(text);
        if (found !== null) resolve({ code: Number(found[1]), text: text.slice(0, found.index) });
      };
    });
    shell.stdin.write(`${script}\nprintf '\\n${end}%s\\n' "$?" 2>&1\n`);
    return within('the command ends', done, LIMIT_MS);
  };
  const fileOf = (command: string): string => {
    const file = clone.beside(`command-${++serial}.sh`);
    fs.writeFileSync(file, `${command}\n`);
    return file;
  };
  return {
    run: (command) => tell(`. ${fileOf(command)} < /dev/null 2>&1`),
    async beside(command) {
      const state = clone.beside(`state-${++serial}.sh`);
      await tell(`{ export -p; printf 'cd "%s"\\n' "$PWD"; } > ${state}`);
      return spawn('sh', ['-c', `. ${state}; . ${fileOf(command)}`], {
        env: clone.env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    },
    close: () => void shell.kill('SIGKILL'),
  };
}
