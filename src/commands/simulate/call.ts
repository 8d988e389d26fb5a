import { type Dsn, parseDsn } from '../../integrations/vendors/sentry/dsn.ts';
import { BadCall } from '../command.ts';
import { readOptions } from '../read-options.ts';

export const OPTIONS = {
  to: { type: 'string' },
  dsn: { type: 'string' },
  intake: { type: 'string' },
  environment: { type: 'string' },
  minutes: { type: 'string', default: '20' },
  json: { type: 'boolean', default: false },
} as const;

/** What the command is asked for. */
export interface Call {
  /** Of a project in Sentry; undefined: the error goes into an intake. */
  readonly dsn: Dsn | undefined;
  /** What the intake reads. */
  readonly to: string;
  /** Its name; undefined: there is only one. */
  readonly intake: string | undefined;
  readonly environment: string | undefined;
  readonly limitMs: number;
  readonly json: boolean;
}

const SENTRY = 'sentry';
const WAYS: readonly string[] = [SENTRY, 'sqs', 'file'];

export function readCall(args: readonly string[]): Call {
  const { to = SENTRY, dsn, intake, environment, minutes, json } = readOptions(args, OPTIONS).values;
  if (!WAYS.includes(to)) throw new BadCall(`--to ${to} is none of ${WAYS.join(', ')}`);
  if (to === SENTRY && dsn === undefined)
    throw new BadCall('simulate needs the DSN of a project; give --dsn, or --to sqs or --to file for an intake');
  if (to === SENTRY && intake !== undefined) throw new BadCall('--intake is for --to sqs and --to file');
  if (to !== SENTRY && dsn !== undefined) throw new BadCall(`--dsn leads to Sentry, and --to ${to} does not`);
  if (!/^[1-9]\d{0,3}$/.test(minutes)) throw new BadCall(`--minutes ${minutes} is not a whole number from 1 to 9999`);
  const limitMs = Number(minutes) * 60_000;
  return { dsn: dsn === undefined ? undefined : dsnOf(dsn), to, intake, environment, limitMs, json };
}

function dsnOf(text: string): Dsn {
  try {
    return parseDsn(text);
  } catch (error) {
    throw new BadCall(`--dsn ${(error as Error).message}`);
  }
}
