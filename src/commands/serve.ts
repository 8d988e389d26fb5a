import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from './command.ts';
import { readOptions } from './read-options.ts';

/** How much memory the heap takes before it is swept, as in the Procfile. */
const MEMORY = ['--max-semi-space-size=4', '--heap-growing-percent=30'];

export const serve: Command = {
  summary: 'the service: waits for posts until it is stopped',
  options: {},
  help: `sentry-monitor serve

Starts the service, as the Procfile does: it listens on HOST and PORT, and waits
for posts to /run until SIGTERM or SIGINT. The process becomes the service, so
what you signal is the service itself.

Exit codes: 0 stopped by a signal; 1 it could not start; 2 bad call.
`,
  async run(args) {
    readOptions(args, {});
    const root = rootOf(import.meta.dirname);
    const service = [...MEMORY, '-r', join(root, 'apm.cjs'), join(root, 'bin/service.js')];
    // NOTE: not a child: signals to it, and SIGKILL above all, would have to be handed on.
    return process.execve!(process.execPath, [process.execPath, ...service]);
  },
};

/** Where the service is started from: a build has this file in another folder than the source. */
function rootOf(folder: string): string {
  return existsSync(join(folder, 'bin/service.js')) ? folder : rootOf(dirname(folder));
}
