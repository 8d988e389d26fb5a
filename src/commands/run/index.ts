import { assemble, type Program, StartError } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import type { RangeResult } from '../../core/backfill/fill-range.ts';
import { reportsIn } from '../../core/backfill/missing-windows.ts';
import type { Missing } from '../../core/model/aftermath.ts';
import { isoOf, PERIOD_MS, type Window } from '../../core/model/window.ts';
import type { Command } from '../command.ts';
import { BadCall, countersOf, type Given, meant, readArgs, USAGE, type Wanted } from './args.ts';
import { createProgress, type Progress } from './progress.ts';

const DAY_MS = 24 * 3_600_000;

/** The windows of a span, by hand, in a process of its own. */
export const run: Command = {
  summary: 'the windows between two instants: what is missing, or with --force all of it',
  help: USAGE,
  async run(args, world) {
    try {
      return await work(readArgs(args), world);
    } catch (error) {
      if (error instanceof StartError)
        process.stderr.write(`${error.faults.join('\n')}\n${error.faults.length} to mend, nothing was sent\n`);
      else if (error instanceof BadCall) process.stderr.write(`${error.message}\n\n${USAGE}`);
      else throw error;
      return error instanceof BadCall ? 2 : 1;
    }
  },
};

async function work(given: Given, world: World): Promise<number> {
  const said: { error: string } = { error: '' };
  const hard = new AbortController();
  const parts = assemble({
    ...world,
    shutdown: hard.signal,
    out: { write: (line: string) => void (said.error = errorIn(line) ?? said.error) },
  });
  const wanted = meant(given, parts, world.now());
  const out = { write: (text: string) => world.out.write(parts.redact(text)) };
  world.shutdown.addEventListener(
    'abort',
    () => {
      // What is in hand is brought to its end: a send that is cut off leaves nobody the wiser.
      parts.gate.rest();
      void world.sleep(parts.settings.shutdownMs, hard.signal).then(
        () => hard.abort(),
        () => undefined,
      );
    },
    { once: true },
  );
  const counters = given.force ? countersOf(wanted, parts) : [];
  if (counters.length > 0) out.write(`--force: ${counters.join(', ')} counts once more what it already has\n`);
  try {
    await parts.ledger.open();
    return (await all(given, wanted, parts, out, world)) ?? unreachable(out, said.error);
  } finally {
    await parts.ledger.close();
  }
}

function unreachable(out: { write(text: string): unknown }, why: string): number {
  out.write(`the ledger cannot be reached (${why}), so nobody knows what is missing; nothing more was sent\n`);
  return 1;
}

/** What the log's last error says: on a terminal the log itself would only be in the way. */
function errorIn(line: string): string | undefined {
  const found = /"level":50.*"error":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  return found === undefined ? undefined : (JSON.parse(found) as string);
}

interface Sum {
  reports: number;
  failed: number;
  left: number;
  held: number;
  readonly tooOld: Map<string, number>;
  stopped: RangeResult['rest']['stopped'];
}

/** Day by day, each as far as one run's deadline lets it, and again. Null: the ledger cannot be reached. */
async function all(
  { force }: Given,
  { span, ...order }: Wanted,
  parts: Program,
  out: { write(text: string): unknown },
  world: World,
): Promise<number | null> {
  const progress = createProgress((span.end - span.start) / PERIOD_MS, out, process.stderr, world.now);
  const sum: Sum = { reports: 0, failed: 0, left: 0, held: 0, tooOld: new Map(), stopped: null };
  try {
    for (const day of days(span)) {
      let missing = await parts.ranges.list({ ...order, span: day, force });
      if (missing === null) return null;
      progress.skip((day.end - day.start) / PERIOD_MS - windowsIn(missing));
      do {
        const result: RangeResult | null = await parts.ranges.run(
          { ...order, span: day, force, missing, onWindow: progress.done },
          world.uuid(),
        );
        if (result === null) return null;
        add(sum, result, progress);
        missing = result.rest.stopped === 'deadline' && result.windows.length > 0 ? result.rest.missing : [];
        if (missing.length === 0) sum.left += reportsIn(result.rest.missing);
      } while (missing.length > 0);
      if (sum.stopped !== null) break;
    }
  } finally {
    progress.end();
  }
  out.write(`${textOf(sum, span)}\n`);
  return sum.failed + sum.left + sum.tooOld.size > 0 || sum.stopped !== null ? 1 : 0;
}

function add(sum: Sum, { windows, rest, held, tooOld }: RangeResult, progress: Progress): void {
  for (const { reports, error } of windows) {
    sum.reports += reports;
    if (error !== null) sum.failed++;
  }
  progress.skip(windowsIn(held));
  sum.held += reportsIn(held);
  for (const { sink, reports } of tooOld) sum.tooOld.set(sink, (sum.tooOld.get(sink) ?? 0) + reports);
  sum.stopped = rest.stopped === 'deadline' && windows.length > 0 ? null : rest.stopped;
}

function windowsIn(missing: readonly Missing[]): number {
  return new Set(missing.map(({ start }) => start)).size;
}

function days({ start, end }: Window): readonly Window[] {
  return Array.from({ length: Math.ceil((end - start) / DAY_MS) }, (_, index) => ({
    start: start + index * DAY_MS,
    end: Math.min(end, start + (index + 1) * DAY_MS),
  }));
}

function textOf({ reports, failed, left, held, tooOld, stopped }: Sum, { start, end }: Window): string {
  const parts = [
    reports === 0 ? '' : `${reports} ${reports === 1 ? 'report' : 'reports'} tried`,
    failed === 0 ? '' : `${failed} ${failed === 1 ? 'window' : 'windows'} not wholly delivered`,
    left === 0 ? '' : `${left} ${left === 1 ? 'report' : 'reports'} not tried (${String(stopped)})`,
    held === 0 ? '' : `${held} in another server's hands`,
    ...[...tooOld].map(([sink, count]) => `${count} too old for ${sink}, not sent`),
  ].filter((part) => part !== '');
  const isWhole = failed + left + held + tooOld.size === 0 && stopped === null;
  return `${isoOf(start)} to ${isoOf(end)}: ${[...parts, ...(isWhole ? [reports === 0 ? 'nothing was missing' : 'all delivered'] : [])].join('; ')}`;
}
