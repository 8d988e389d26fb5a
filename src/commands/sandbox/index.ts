import { type FlavourName, type OwnProject, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import type { World } from '../../app/world.ts';
import { PERIOD_MS, windowAt } from '../../core/model/window.ts';
import { BadCall, type Command } from '../command.ts';
import { readOptions } from '../read-options.ts';
import { greeting } from './greeting.ts';
import { type OwnPlaces, placesIn } from './own-places.ts';

const FLAVOURS = ['sentry', 'glitchtip', 'sentry-2019', 'sentry-2022'];
const OPTIONS = {
  port: { type: 'string', default: '4000' },
  org: { type: 'string', default: 'acme' },
  filters: { type: 'string' },
  flavour: { type: 'string', default: 'sentry' },
  seed: { type: 'string', default: '1' },
} as const;
/** A moment of the sandbox's story at which something trends: there it begins. */
const SLOT = 428;
const SETTLE_MS = 120_000;

/** Sentry, New Relic and Anodot on this machine, to try one's own settings on and to rehearse trouble. */
export const sandbox: Command = {
  summary: 'plays Sentry, New Relic and Anodot here, to rehearse trouble',
  options: OPTIONS,
  help: `sentry-monitor sandbox [--filters FILE] [--org SLUG] [--port N] [--flavour NAME]
                       [--seed N]

Plays Sentry, New Relic and Anodot on this machine until Ctrl-C, and remembers
nothing. Prints the lines for .env that let the service use it; each line is
one of .env or a comment, so the output may be such a file. Faults are planted
with curl: docs/rehearsal.md.

  --filters FILE  a filters file, or a folder of them: the projects,
                  environments and tags that it names exist, and half of the
                  errors speak of its searchTerms.
                  Without: projects web, api, mobile, worker, quiet and empty
  --org SLUG      the organization; without: acme
  --port N        where it listens on 127.0.0.1, 0 for a free port;
                  without: 4000
  --flavour NAME  which server plays Sentry: sentry, glitchtip, sentry-2019 or
                  sentry-2022; without: sentry
  --seed N        another number makes other errors; without: 1

Exit codes: 0 ended by a signal; 1 the port is in use, or the filters file has
faults; 2 bad call.
`,
  async run(args, world) {
    const call = readCall(args);
    const places = call.filters === undefined ? NO_PLACES : placesIn(call.filters, world.disk);
    if (places.faults.length > 0) {
      world.err.write(`${[...places.faults, `${places.faults.length} to mend`].join('\n')}\n`);
      return 1;
    }
    const started = await start(call, places, world);
    if (typeof started === 'string') {
      world.err.write(`${started}\n`);
      return 1;
    }
    world.out.write(greeting(started, call.filters));
    if (!process.stdout.isTTY)
      world.err.write(`plays at ${started.url} until Ctrl-C; the lines for .env are written\n`);
    await ended(world.shutdown);
    await started.close();
    return 0;
  },
};

const NO_PLACES: OwnPlaces = { projects: [] as OwnProject[], environments: [], faults: [] };

interface Call {
  readonly port: number;
  readonly org: string;
  readonly filters: string | undefined;
  readonly flavour: FlavourName;
  readonly seed: number;
}

function readCall(args: readonly string[]): Call {
  const { port, org, filters, flavour, seed } = readOptions(args, OPTIONS).values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new BadCall(`--port: ${port} is no port, 0 to 65535`);
  if (!/^\d{1,9}$/.test(seed)) throw new BadCall(`--seed: ${seed} is no whole number`);
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(org)) throw new BadCall(`--org: ${org} is no slug: small letters, digits, - and _`);
  if (!FLAVOURS.includes(flavour)) throw new BadCall(`--flavour: ${flavour} is none of ${FLAVOURS.join(', ')}`);
  return { port: Number(port), org, filters, flavour: flavour as FlavourName, seed: Number(seed) };
}

/** A text: why it cannot listen. */
async function start(
  { port, org, flavour, seed }: Call,
  { projects, environments }: OwnPlaces,
  { now }: World,
): Promise<Sandbox | string> {
  const epoch = windowAt(now(), SETTLE_MS).start - SLOT * PERIOD_MS;
  try {
    return await startSandbox({
      now,
      port,
      sentryOrg: org,
      flavour,
      seed,
      story: 'lively',
      epoch,
      projects,
      environments,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      return `127.0.0.1:${port} is in use by another process: end it, or choose another port with --port`;
    if (code === 'EACCES') return `127.0.0.1:${port} may not be used by this user: choose another port with --port`;
    throw error;
  }
}

function ended(shutdown: AbortSignal): Promise<void> {
  if (shutdown.aborted) return Promise.resolve();
  return new Promise((done) => shutdown.addEventListener('abort', () => done(), { once: true }));
}
