import { oddByClock } from '../../app/alerting/vet/by-clock.ts';
import { assemble, givenBy, type Program } from '../../app/assemble.ts';
import { inspect, inspectPatterns } from '../../app/examine/index.ts';
import { draftParts } from '../../app/make-parts.ts';
import { StartError } from '../../app/start-error.ts';
import { SILENT } from '../../app/by-hand/silent.ts';
import type { World } from '../../app/world.ts';
import type { Filter } from '../../core/model/filter.ts';
import { type Finding, spoken } from '../../core/ports/finding.ts';
import { runCase } from '../../core/alerts/cases/run-case.ts';
import { many } from '../../platform/numbers.ts';
import type { Command } from '../command.ts';
import { readOptions } from '../read-options.ts';
import { failedCases } from './cases.ts';
import { feedLines } from './feeds.ts';
import { watchLines } from './watches.ts';
import { checkKeys, type LiveCheck, NOT_ASKED } from './live.ts';

const OPTIONS = { live: { type: 'boolean', default: false } } as const;

/** Checks settings and filters: what would start, and everything that is wrong. */
export const check: Command = {
  summary: 'settings and filters, offline: all that is wrong with them',
  options: OPTIONS,
  help: `sentry-monitor check [--live]

Checks settings and filters without a network: what would start, and everything
that is wrong, by file and line, of patterns by column too. Runs the worked
cases of alerts and patterns.

  --live  asks Sentry as well, with one small request for filters of the same
          projects: warns of each key in query and tags that is no field of
          events and was never seen as a tag

Exit codes: 0 all right, or warnings alone; 1 something is to be mended, or
Sentry did not answer for a filter; 2 bad call.
`,
  async run(args, world) {
    const { live } = readOptions(args, OPTIONS).values;
    const silent = { ...world, out: SILENT };
    const given = givenBy(world);
    try {
      const program = assemble(silent, given);
      const checked = live ? await checkKeys(program) : NOT_ASKED;
      const odd = await oddByClock(program.filters, world.now());
      const oddities = [...program.oddities, ...(await inspectPatterns(program.filters))];
      return report({ ...program, oddities }, { ...checked, warnings: [...odd, ...checked.warnings] }, world);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      for (const fault of error.faults) world.out.write(`fault    ${fault}\n`);
      for (const it of inspect(draftParts(silent, given, undefined), given, silent))
        world.out.write(given.redact(`${lineOfOddity(it)}\n`));
      world.out.write(`${error.faults.length} to mend, nothing would start\n`);
      return 1;
    }
  },
};

/** A setting that is read, and cannot work or may not be meant so. */
function lineOfOddity(finding: Finding): string {
  return `${finding.status === 'failed' ? 'fault  ' : 'warning'}  ${spoken(finding)}`;
}

function report(program: Program, live: LiveCheck, world: World): number {
  const { settings, filters, sources, sourceOf, sinks, redact, oddities } = program;
  const names = sinks.map(({ name }) => name);
  const out = { write: (line: string) => world.out.write(redact(line)) };
  const from = sources.length > 1 ? `; sources: ${sources.map(({ name }) => name).join(', ')}` : '';
  const isWrong = oddities.some(({ status }) => status === 'failed');
  const dry = settings.dryRun ? '; DRY_RUN: nothing is sent' : '';
  const channels = filters.parts.filter(({ section }) => section === 'channels').map(({ name }) => name);
  const told = channels.length === 0 ? '' : `; channels: ${channels.join(', ')}`;
  out.write(`settings ${isWrong ? 'to mend' : 'ok'}${from}; sinks: ${names.join(', ') || 'none'}${told}${dry}\n`);
  for (const it of oddities) out.write(`${lineOfOddity(it)}\n`);
  for (const filter of filters.filters) {
    const source = sources.length > 1 ? `; from ${sourceOf(filter).name}` : '';
    out.write(`filter   ${lineOf(filter, names)}${source}\n`);
  }
  for (const line of watchLines(filters)) out.write(`watch    ${line}\n`);
  for (const { what, line } of feedLines(filters)) out.write(`${what.padEnd(8)} ${line}\n`);
  for (const { where, text } of filters.faults) out.write(`fault    ${where}: ${text}\n`);
  for (const { where, text } of [...filters.warnings, ...live.warnings]) out.write(`warning  ${where}: ${text}\n`);
  for (const { names: those, text } of live.untold) out.write(`not told  ${those}: ${text}\n`);
  for (const { names: those, text } of live.unasked) out.write(`not checked  ${those}: ${text}\n`);
  const failed = failedCases(filters.filters, runCase);
  for (const { where, text } of failed) out.write(`case     ${where}: ${text}\n`);
  if (filters.faults.length > 0) out.write(`${filters.faults.length} to mend; until then filters would be left out\n`);
  return isWrong || filters.faults.length + live.unasked.length + failed.length > 0 ? 1 : 0;
}

function lineOf(filter: Filter, enabled: readonly string[]): string {
  const { name, projects, team, tags, sinks } = filter;
  const to = enabled.filter((sink) => sinks?.includes(sink) ?? true);
  const parts = [
    `${name}: ${projects.join(', ')}`,
    team === undefined ? '' : `team ${team}`,
    tags.length === 0 ? '' : `by ${tags.join(', ')}`,
    to.length === 0 ? '' : `to ${to.join(', ')}`,
    alertsOf(filter),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** `alerts: 6 rules tell crm, console, and later night`; '' for none. */
function alertsOf({ alerts = [], untold = [] }: Filter): string {
  const first = [...new Set(alerts.flatMap(({ tell }) => tell))].join(', ');
  const later = [...new Set(alerts.flatMap(({ escalate }) => escalate?.tell ?? []))].join(', ');
  const channels = later === '' ? first : `${first}, and later ${later}`;
  const told = ({ length }: readonly unknown[], whom: string): readonly string[] =>
    length === 0 ? [] : [`${many(length, 'rule')} ${length === 1 ? 'tells' : 'tell'} ${whom}`];
  const parts = [...told(alerts, channels), ...told(untold, 'nobody')];
  return parts.length === 0 ? '' : `alerts: ${parts.join(', ')}`;
}
