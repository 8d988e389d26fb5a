import { text as textOf } from 'node:stream/consumers';
import { StartError } from '../../app/start-error.ts';
import { BadCall, type Command } from '../command.ts';
import { Refused } from './answers.ts';
import { createAsker, Stopped } from './asker.ts';
import { HELP, OPTIONS, readCall } from './call.ts';
import { Unwritable } from './env-text.ts';
import { setUp } from './set-up.ts';
import { NotWritten } from './write-files.ts';

const OURS = [NotWritten, Refused, Stopped, StartError, Unwritable];

/** A set-up that works, from nothing. */
export const init: Command = {
  summary: 'sets the service up: asks, and writes filters and .env',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const call = readCall(args);
    const { stdin: input, stdout: output } = process;
    if (call.readsToken && input.isTTY) throw new BadCall('--token-stdin: pipe the token in, such as < token.txt');
    const token = call.readsToken ? (await textOf(input)).trim() : undefined;
    const isTerminal = input.isTTY && output.isTTY;
    const asker = isTerminal
      ? createAsker({ input, output, onStop: () => process.kill(process.pid, 'SIGINT') })
      : undefined;
    const say = (line: string): void => void world.out.write(`${line}\n`);
    try {
      const values = token === undefined ? call.values : { ...call.values, SENTRY_AUTH_TOKEN: token };
      return await setUp({ ...call, values }, { world, asker, say });
    } catch (error) {
      if (!(error instanceof Error) || !OURS.some((kind) => error instanceof kind)) throw error;
      world.err.write(`${error.message}${error instanceof NotWritten ? '' : '; nothing was written'}\n`);
      return 1;
    } finally {
      asker?.close();
    }
  },
};
