import { assemble, type Program } from '../../app/assemble.ts';
import { StartError } from '../../app/start-error.ts';
import type { World } from '../../app/world.ts';
import { LedgerRefused } from '../../core/model/errors.ts';
import type { Command } from '../command.ts';
import { HELP, OPTIONS, readArgs, readDebugArgs, type RunArgs } from './args.ts';
import { debugRun } from './debug.ts';
import { fillSpan, windowsIn } from './fill-span.ts';
import { countersIn, orderFor } from './order.ts';
import { createProgress } from './progress.ts';
import { isWhole, textOf } from './tally.ts';

/** The windows of a span, by hand, in a process of its own. */
export const run: Command = {
  summary: 'sends the windows between two instants; --debug only shows',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const debug = readDebugArgs(args);
    if (debug !== undefined) return debugRun(debug, world, process.stdout.isTTY);
    const read = readArgs(args);
    const failure: LastError = { text: '' };
    const hard = new AbortController();
    try {
      const program = assemble({ ...world, shutdown: hard.signal, out: lastErrorOf(failure) });
      world.shutdown.addEventListener('abort', () => endSoon(program, world, hard), { once: true });
      return await work(read, program, world, failure);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      process.stderr.write(`${error.faults.join('\n')}\n${error.faults.length} to mend, nothing was sent\n`);
      return 1;
    }
  },
};

/** What is in hand is brought to its end: a send that is cut off leaves nobody the wiser. */
function endSoon({ gate, settings }: Program, { sleep }: World, hard: AbortController): void {
  gate.rest();
  void sleep(settings.shutdownMs, hard.signal).then(
    () => hard.abort(),
    () => undefined,
  );
}

async function work(args: RunArgs, program: Program, world: World, failure: LastError): Promise<number> {
  const { ledger, redact } = program;
  const order = orderFor(args, program, world.now());
  const out = { write: (text: string) => world.out.write(redact(text)) };
  const counters = args.force ? countersIn(order, program) : [];
  if (counters.length > 0) out.write(`--force: ${counters.join(', ')} counts once more what it already has\n`);
  try {
    await ledger.open();
    const progress = createProgress(windowsIn(order.span), out, process.stderr, world.now);
    const tally = await fillSpan({ ...order, force: args.force }, program, progress, world.uuid);
    out.write(`${tally === null ? unreachable(failure) : textOf(tally, order.span)}\n`);
    return tally !== null && isWhole(tally) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof LedgerRefused)) throw error;
    out.write(`${error.message}; nothing was sent\n`);
    return 1;
  } finally {
    await ledger.close();
  }
}

function unreachable({ text }: LastError): string {
  return `the ledger cannot be reached (${text}), so nobody knows what is missing; nothing more was sent`;
}

interface LastError {
  text: string;
}

/** Takes the log, and keeps what its last error says: on a terminal the log itself would only be in the way. */
function lastErrorOf(last: LastError): World['out'] {
  return {
    write: (line) => {
      const found = /"level":50.*"error":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
      if (found !== undefined) last.text = JSON.parse(found) as string;
    },
  };
}
