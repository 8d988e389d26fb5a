import { withLedger, type WithLedger } from '../../app/by-hand/with-ledger.ts';
import type { World } from '../../app/world.ts';
import { createRedactor } from '../../platform/redact.ts';
import type { Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { type Call, OPTIONS, readCall } from './call.ts';
import { follow, type StepTaken } from './follow.ts';
import { stepsOf } from './steps.ts';
import { lineOf } from './text.ts';
import { wayOf } from './way.ts';

const HELP = `sentry-monitor simulate --dsn DSN [--environment NAME] [--minutes N] [--json]
sentry-monitor simulate --to sqs|file [--intake NAME] [--environment NAME] ...

Sends one real error to Sentry, or into the queue or the log file of an intake,
and follows it until somebody is told: stored, counted by a filter, an alert of
a rule, a message taken by its channel. Says how long each step took. The
service runs as always, with its cron and its ledger; a filter of the project
needs a rule such as
  title has "sentry-monitor end-to-end check"
All of these errors are one issue.

  --to           sentry (the default, with --dsn), sqs, or file: a record in the
                 intake's format is appended to its file, by a user who may
                 write it
  --dsn          of the project in Sentry, as its programs have it
  --intake       which one, where several are of that kind
  --environment  in which the error happens; else in none
  --minutes      how long to wait for all steps; else 20
  --json         the same as JSON:
                 { eventId, steps: [{ step, status, ms, say }] }

Exit codes: 0 somebody was told; 1 a step did not happen, which is said, or a
fault in settings or filters, or the ledger cannot be reached; 2 bad call.
`;

/** Looks once in so many ms: Sentry lets an event be looked up once a second. */
const EVERY_MS = 5_000;

const ANSWER_MS = 60_000;

/** The way of one error from where it happens to people, tried. */
export const simulate: Command = {
  summary: 'sends one error to Sentry, a queue or a log, and follows it',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const call = readCall(args);
    return orFaults(world.err, () => withLedger('simulate', world, (opened) => simulated(opened, call, world)));
  },
};

async function simulated(opened: WithLedger, call: Call, world: World): Promise<number> {
  const { program } = opened;
  const redact = createRedactor([...program.settings.secrets, ...(call.dsn === undefined ? [] : [call.dsn.publicKey])]);
  // The last look has time to be answered.
  const scope = program.openScope('simulate', call.limitMs + ANSWER_MS);
  const error = { id: world.uuid().replaceAll('-', ''), at: world.now() };
  const steps: StepTaken[] = [];
  const told = (step: StepTaken): void => {
    const redacted = { ...step, say: redact(program.redact(step.say)) };
    steps.push(redacted);
    if (!call.json) world.out.write(lineOf(redacted));
  };
  try {
    const way = wayOf(call, error, { opened, world, scope });
    const isWhole = await follow([way.sent, ...stepsOf(error, way, opened)], {
      ...world,
      ...{ everyMs: EVERY_MS, limitMs: call.limitMs, told },
    });
    if (call.json) world.out.write(`${JSON.stringify({ eventId: error.id, steps }, null, 2)}\n`);
    return isWhole ? 0 : 1;
  } finally {
    scope.close();
  }
}
