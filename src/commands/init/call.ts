import { BadCall } from '../command.ts';
import { readOptions } from '../read-options.ts';

export const HELP = `sentry-monitor init [--url <url>] [--org <slug>] [--projects <names>]
                    [--filters <path>] [--token-stdin] [--dry-run] [--overwrite]

Sets the service up in this folder: asks Sentry which projects and teams there
are, and writes a filters file and .env (for this user alone). On a terminal it
asks for what is missing; else all comes from options and the environment. What
stands in .env stays, and is not asked for. It sets one organization up; what a
second one needs is written into a filters file by hand (sources:,
docs/installing.md).

  --url          address of Sentry (SENTRY_URL)
  --org          slug of the organization (SENTRY_ORG)
  --projects     projects or teams with commas between them, or all; without a
                 terminal all, unless this says which
  --filters      the file to write; without: FILTERS, else config/filters.yaml
  --token-stdin  reads Sentry's token from a pipe
  --dry-run      every run is a debug run (DRY_RUN=true), as without a sink
  --overwrite    a filters file that is there is written anew, and values of
                 .env that differ from what was given are replaced

Keys and tokens are no options, because a process list shows those. Set
SENTRY_AUTH_TOKEN, NEW_RELIC_LICENSE_KEY or ANODOT_TOKEN, or the same name with
_FILE to a file that holds it. Other variables of Sentry and of the sinks are
taken over from the environment, too.

Exit codes: 0 set up; 1 something is to be mended, which is said; 2 bad call.
`;

export const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  filters: { type: 'string' },
  org: { type: 'string' },
  overwrite: { type: 'boolean', default: false },
  projects: { type: 'string' },
  'token-stdin': { type: 'boolean', default: false },
  url: { type: 'string' },
} as const;

/** What gives a variable's value. */
export const OPTION_OF: Readonly<Record<string, string>> = {
  DRY_RUN: '--dry-run',
  SENTRY_AUTH_TOKEN: '--token-stdin',
  SENTRY_ORG: '--org',
  SENTRY_URL: '--url',
};

/** The options as they were typed. */
export interface Call {
  /** By variable. */
  readonly values: Readonly<Record<string, string>>;
  readonly projects: string | undefined;
  readonly filters: string | undefined;
  readonly isOverwriting: boolean;
  readonly readsToken: boolean;
}

export function readCall(args: readonly string[]): Call {
  const { url, org, projects, filters, overwrite, ...flags } = readOptions(args, OPTIONS).values;
  const pairs = Object.entries({ SENTRY_URL: url, SENTRY_ORG: org, DRY_RUN: flags['dry-run'] ? 'true' : undefined });
  const empty = pairs.find(([, value]) => value?.trim() === '');
  if (empty !== undefined) throw new BadCall(`${empty[0]} is given as an empty text; leave the option out`);
  return {
    values: Object.fromEntries(pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value.trim()]]))),
    projects,
    filters,
    isOverwriting: overwrite,
    readsToken: flags['token-stdin'],
  };
}
