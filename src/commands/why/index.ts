import { withLedger, type WithLedger } from '../../app/by-hand/with-ledger.ts';
import type { World } from '../../app/world.ts';
import { isoOf, parseInstant, PERIOD_MS, windowAt } from '../../core/model/window.ts';
import { redactAll } from '../../platform/redact.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';
import { answersFor, type Asked } from './answers.ts';
import { compareEvents, comparedText } from './events.ts';
import { textOf } from './text.ts';

const HELP = `sentry-monitor why <issue|filter> [--at <ISO>] [--json]
sentry-monitor why <event> <event> [--json]

Why somebody was told, or was not: for each alert of the filter, or of every
filter that has counted the issue, and for each channel, what was decided in a
window, with the numbers. It says also what became of what was told: muted,
quiet hours, grouped, or a channel that fails. By the ledger of the service;
windows are known for two days. Of a watch the pages /status and /messages tell.

  <issue>  id of an issue, as its address in Sentry ends
  --at     an instant of the window, ISO with zone such as
           2026-11-20T10:00:00Z; else the newest window that was decided
  --json   the same as JSON: [{ filter, rule, subject, window, recipient,
           decision, why, value, limit }]

With the ids of two events of intakes: why they are one issue, or two. An
issue's page shows ids of its events. With --json { events: [{ event, intake,
issue }], isOneIssue, why: [lines] }.

Exit codes: 0 said; 1 a fault in settings or filters, or the ledger cannot be
reached; 2 bad call.
`;

const OPTIONS = { at: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

/** Why somebody was told, or was not. */
export const why: Command = {
  summary: 'why somebody was told of an issue or a filter, or was not',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const [subject, second] = positionals;
    if (subject === undefined || positionals.length > 2)
      throw new BadCall('why needs the id of one issue, the name of one filter, or the ids of two events');
    const { at, json } = values;
    if (second !== undefined && at !== undefined) throw new BadCall('--at is not for two events; leave it out');
    if (at !== undefined && parseInstant(at) === null)
      throw new BadCall(`--at ${at} is no instant; write ISO with zone, such as ${isoOf(world.now())}`);
    return orFaults(world.err, () =>
      withLedger('why', world, (opened) =>
        second === undefined
          ? say(opened, { subject, at, json }, world)
          : sayOfEvents(opened, [subject, second], json, world),
      ),
    );
  },
};

async function sayOfEvents(
  { program }: WithLedger,
  ids: readonly [string, string],
  json: boolean,
  world: World,
): Promise<number> {
  const compared = await compareEvents(ids, program.intakes);
  const text = json ? JSON.stringify(compared, null, 2) : comparedText(compared);
  world.out.write(`${program.redact(text)}\n`);
  return 0;
}

interface Call {
  readonly subject: string;
  readonly at: string | undefined;
  readonly json: boolean;
}

async function say(opened: WithLedger, { subject, at, json }: Call, world: World): Promise<number> {
  const { redact, settings } = opened.program;
  const newest = windowAt(world.now(), settings.settleMs).start;
  const start = at === undefined ? null : Math.floor(parseInstant(at)! / PERIOD_MS) * PERIOD_MS;
  if (start !== null && start > newest)
    throw new BadCall(`--at ${at}: its window is not settled; the newest one begins at ${isoOf(newest)}`);
  const asked: Asked = { subject, start, newest };
  const answers = await answersFor(asked, opened);
  const text = json
    ? JSON.stringify(
        redactAll(
          answers.lines.map(({ titled: _titled, ...line }) => line),
          redact,
        ),
        null,
        2,
      )
    : redact(textOf(answers, subject));
  world.out.write(`${text}\n`);
  return 0;
}
