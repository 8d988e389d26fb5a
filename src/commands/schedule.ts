import { type Scheduled, scheduled } from '../app/by-hand/scheduled.ts';
import type { World } from '../app/world.ts';
import { zoneWords } from '../core/digests/words/times.ts';
import { DAY_MS } from '../core/model/window.ts';
import { many } from '../platform/numbers.ts';
import { BadCall, type Command } from './command.ts';
import { readOptions } from './read-options.ts';

const MOST_DAYS = 3_660;
/** What is due more often is not listed whole for people: only so many of it. */
const MOST_A_DAY = 24;
const FIRST = 3;
const OPTIONS = { days: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } } as const;

/** When digests, reminders, watches and backups are due. */
export const schedule: Command = {
  summary: 'when digests, reminders, watches and backups are due',
  help: `sentry-monitor schedule [--days <n>] [--json]

When digests, reminders, watches and backups are due from now on, by the filters
files alone: no network, no ledger and no other setting than FILTERS is needed,
but where reminders go by sheets or calendars, which are read as they are now.
Of a reminder it is said who is told what, and of a watch the next look is
listed, and so are the first three of what is due more than hourly; --json has
all. What a file with a fault says is left out, and the fault is told.

  --days   so many days, 1 to ${MOST_DAYS}; else 7
  --json   the same as JSON: [{ kind, name, at }], at in UTC; of reminders also
           tells: [{ to, lines }] and faults

Exit codes: 0 said; 1 a fault in the files, or in a sheet; 2 bad call.
`,
  options: OPTIONS,
  async run(args, world) {
    const { days, json } = readOptions(args, OPTIONS).values;
    if (!/^[1-9]\d{0,3}$/.test(days) || Number(days) > MOST_DAYS)
      throw new BadCall(`--days ${days} is no number of days; write 1 to ${MOST_DAYS}`);
    const from = world.now();
    const { all, faults } = await scheduled(world, { from, to: from + Number(days) * DAY_MS });
    world.out.write(json ? `${JSON.stringify(all.map(plain), null, 2)}\n` : textOf(all, Number(days)));
    sayFaults(faults, world);
    return faults.length > 0 ? 1 : 0;
  },
};

function plain({ kind, name, at, tells, faults }: Scheduled): Omit<Scheduled, 'zone'> {
  return { kind, name, at, ...(tells && { tells }), ...(faults && { faults }) };
}

function textOf(all: readonly Scheduled[], days: number): string {
  if (all.length === 0) return `nothing is due within ${many(days, 'day')}\n`;
  const oftens = [...Map.groupBy(all, ({ kind, name }) => `${kind} ${name}`)].filter(
    ([, some]) => some.length > MOST_A_DAY * days,
  );
  const left = new Set(oftens.flatMap(([, some]) => some.slice(FIRST)));
  const notes = oftens.map(
    ([what, some]) =>
      `${what}: ${many(some.length - FIRST, 'time')} more, the last at ${some.at(-1)!.at.slice(0, 16)}Z\n`,
  );
  return linesOf(all.filter((it) => !left.has(it))) + notes.join('');
}

function linesOf(all: readonly Scheduled[]): string {
  const clocks = new Map([...new Set(all.map(({ zone }) => zone))].map((zone) => [zone, zoneWords(zone)]));
  return all
    .map(
      ({ kind, name, at, zone, tells = [], faults = [] }) =>
        `${at.slice(0, 16)}Z  ${clocks.get(zone)!.instant(at)} ${zone}  ${kind} ${name}\n` +
        [...tells.map(({ to, lines }) => `${to}: ${lines.join(' | ')}`), ...faults.map((it) => `not told: ${it}`)]
          .map((line) => `    ${line}\n`)
          .join(''),
    )
    .join('');
}

function sayFaults(faults: readonly string[], { err }: World): void {
  for (const fault of faults) err.write(`fault    ${fault}\n`);
}
