import type { ChildProcess } from 'node:child_process';
import { until } from '../time/until.ts';

/** What stays up until Ctrl-C, each in a terminal of its own. */
export interface Servers {
  /** Comes back when it listens at the port, or has ended. A former one at the port is ended first. */
  start(port: number, begin: () => Promise<ChildProcess>): Promise<Started>;
  /** Whether any runs, and so may still say something. */
  anyUp(): boolean;
  /** Ctrl-C in each of their terminals. */
  stop(): Promise<void>;
}

export interface Started {
  /** Undefined: it goes on. */
  readonly code: number | undefined;
  /** What it has said so far. */
  said(): string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  text: string;
}

export function createServers(): Servers {
  const running = new Map<number, Running>();
  const end = async (port: number): Promise<void> => {
    const it = running.get(port);
    if (it === undefined) return;
    running.delete(port);
    signal(it.child, 'SIGINT');
    const late = setTimeout(() => signal(it.child, 'SIGKILL'), 30_000);
    await it.ended;
    clearTimeout(late);
  };
  return {
    async start(port, begin) {
      await end(port);
      const it = hear(await begin());
      running.set(port, it);
      await until(
        `something listens, after: ${it.text}`,
        async () => it.child.exitCode !== null || (await listens(port)),
        120_000,
      );
      return { code: it.child.exitCode ?? undefined, said: () => it.text };
    },
    anyUp: () => running.size > 0,
    stop: async () => void (await Promise.all([...running.keys()].map(end))),
  };
}

function hear(child: ChildProcess): Running {
  const ended = new Promise<void>((done) => void child.once('close', () => done()));
  const it: Running = { child, ended, text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (more: string) => (it.text += more));
  return it;
}

/** To all of its terminal's processes. */
function signal({ pid, exitCode }: ChildProcess, name: 'SIGINT' | 'SIGKILL'): void {
  if (exitCode !== null || pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** NOTE: asked over HTTP: a port may take connections before its server has said anything. */
function listens(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  );
}
