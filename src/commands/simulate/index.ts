import { withLedger, type WithLedger } from '../../app/by-hand/with-ledger.ts';
import { pluginDeps } from '../../app/plugin-deps.ts';
import type { World } from '../../app/world.ts';
import type { Scope } from '../../core/ports/scope.ts';
import { type Dsn, parseDsn } from '../../integrations/vendors/sentry/dsn.ts';
import { sendError } from '../../integrations/vendors/sentry/envelope.ts';
import { createRedactor } from '../../platform/redact.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';
import { follow, type Step, type StepTaken } from './follow.ts';
import { stepsOf } from './steps.ts';
import { lineOf } from './text.ts';

/** What people look for in rules: `title has "sentry-monitor end-to-end check"`. */
const TYPE = 'SentryMonitorCheck';
const VALUE = 'sentry-monitor end-to-end check';

const HELP = `sentry-monitor simulate --dsn DSN [--environment NAME] [--minutes N] [--json]

Sends one real error to Sentry and follows it until somebody is told: stored by
Sentry, counted by a filter, an alert of a rule, a message taken by its channel.
Says how long each step took. The service runs as always, with its cron and its
ledger; a filter of the project needs a rule such as
  title has "sentry-monitor end-to-end check"
All of these errors are one issue.

  --dsn          of the project, as its programs have it
  --environment  in which the error happens; else in none
  --minutes      how long to wait for all steps; else 20
  --json         the same as JSON:
                 { eventId, steps: [{ step, status, ms, say }] }

Exit codes: 0 somebody was told; 1 a step did not happen, which is said, or a
fault in settings or filters, or the ledger cannot be reached; 2 bad call.
`;

const OPTIONS = {
  dsn: { type: 'string' },
  environment: { type: 'string' },
  minutes: { type: 'string', default: '20' },
  json: { type: 'boolean', default: false },
} as const;

/** Looks once in so many ms: Sentry lets an event be looked up once a second. */
const EVERY_MS = 5_000;

const ANSWER_MS = 60_000;

interface Call {
  readonly dsn: Dsn;
  readonly environment: string | undefined;
  readonly limitMs: number;
  readonly json: boolean;
}

/** The way of one error from Sentry to people, tried. */
export const simulate: Command = {
  summary: 'sends one error to Sentry and follows it until somebody is told',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const call = readCall(args);
    return orFaults(world.err, () => withLedger('simulate', world, (opened) => simulated(opened, call, world)));
  },
};

function readCall(args: readonly string[]): Call {
  const { values } = readOptions(args, OPTIONS);
  const { dsn, environment, minutes, json } = values;
  if (dsn === undefined) throw new BadCall('simulate needs the DSN of a project; give --dsn');
  if (!/^[1-9]\d{0,3}$/.test(minutes)) throw new BadCall(`--minutes ${minutes} is not a whole number from 1 to 9999`);
  return { dsn: dsnOf(dsn), environment, limitMs: Number(minutes) * 60_000, json };
}

function dsnOf(text: string): Dsn {
  try {
    return parseDsn(text);
  } catch (error) {
    throw new BadCall(`--dsn ${(error as Error).message}`);
  }
}

async function simulated(opened: WithLedger, call: Call, world: World): Promise<number> {
  const { program } = opened;
  const redact = createRedactor([...program.settings.secrets, call.dsn.publicKey]);
  // The last look has time to be answered.
  const scope = program.openScope('simulate', call.limitMs + ANSWER_MS);
  const [eventId, at] = [world.uuid().replaceAll('-', ''), world.now()];
  const steps: StepTaken[] = [];
  const told = (step: StepTaken): void => {
    const redacted = { ...step, say: redact(program.redact(step.say)) };
    steps.push(redacted);
    if (!call.json) world.out.write(lineOf(redacted));
  };
  try {
    const all = [sending({ eventId, at }, call, world, scope), ...stepsOf({ eventId, at }, opened, scope)];
    const isWhole = await follow(all, { ...world, everyMs: EVERY_MS, limitMs: call.limitMs, told });
    if (call.json) world.out.write(`${JSON.stringify({ eventId, steps }, null, 2)}\n`);
    return isWhole ? 0 : 1;
  } finally {
    scope.close();
  }
}

function sending(
  { eventId, at }: { readonly eventId: string; readonly at: number },
  { dsn, environment }: Call,
  world: World,
  scope: Scope,
): Step {
  const voice = { log: scope.log, redact: (text: string) => text, secrets: [dsn.publicKey] };
  const { http } = pluginDeps(world, voice);
  return {
    name: 'sent',
    async look() {
      const error = { id: eventId, at, type: TYPE, value: VALUE, fingerprint: VALUE, environment };
      try {
        await sendError(error, dsn, http, scope);
        return { status: 'done', say: `event ${eventId} to project ${dsn.projectId} at ${dsn.host}` };
      } catch (trouble) {
        return { status: 'failed', say: (trouble as Error).message };
      }
    },
  };
}
