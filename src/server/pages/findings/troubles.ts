import { reasonFor } from '../../../core/model/make-report.ts';
import { anchorOfFault } from '../../reasons/anchor-of.ts';
import type { Anchor } from '../../reasons/see.ts';
import type { FilterData } from '../data/model.ts';
import { moment, plural, some } from '../format.ts';
import { isSilent } from './coverage.ts';
import type { Sentence } from './finding.ts';
import type { Place } from './places.ts';
import { summarizeSink } from './receipts.ts';
import type { Scene } from './scene.ts';

/** Something about the numbers that is not right. */
export interface Trouble extends Sentence {
  readonly health: 'warn' | 'bad';
}

/** All of them, in the order in which they are told. */
export function troublesOf(scene: Scene): readonly Trouble[] {
  const isJudged = scene.data.current !== null;
  return [
    ...(isJudged ? [...ofInstant(scene), ...ofSilence(scene), ...ofCounts(scene), ...ofGaps(scene)] : []),
    ...ofSinks(scene),
    ...ofHour(scene),
    ...(scene.isPast ? [] : ofFiles(scene)),
  ];
}

/** The window of an instant that is over was not counted at all: another one stands for it. */
function ofInstant({ isPast, isStale, window, places }: Scene): readonly Trouble[] {
  if (!isPast || !isStale) return [];
  const text = `The last window of that time was not counted; what follows is of ${window}.`;
  return [bad(text, places.runs, 'page-not-counted')];
}

function ofSilence({ counted, places }: Scene): readonly Trouble[] {
  const names = counted.filter(({ report }) => isSilent(report)).map(({ name }) => name);
  if (names.length === 0) return [];
  const text =
    names.length === counted.length
      ? 'Sentry itself has fallen silent: its zeros are no all-clear.'
      : `Sentry has fallen silent for ${some(names)}: these zeros are no all-clear.`;
  return [bad(text, places.filters(names), 'gap-source_silent')];
}

function ofCounts({ uncounted, isUnderWay, places }: Scene): readonly Trouble[] {
  const missing = uncounted.filter(({ fault }) => fault !== '' || !isUnderWay);
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => name);
  const rows = missing.map(({ fault }) => (fault === '' ? 'page-not-counted' : anchorOfFault(fault)));
  const text = `${some(names)} ${names.length === 1 ? 'was' : 'were'} not counted.`;
  return [bad(text, places.filters(names), ...new Set(rows))];
}

function ofGaps({ counted, places }: Scene): readonly Trouble[] {
  const partial = counted.filter(({ report }) => report?.complete === false && !isSilent(report));
  if (partial.length === 0) return [];
  const names = partial.map(({ name }) => name);
  const reasons = [...new Set(partial.flatMap(({ report }) => reasonOf(report)))];
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  const rows = reasons.length === 0 ? ['http-200' as const] : reasons.map((reason): Anchor => `gap-${reason}`);
  return [
    warn(`${some(names)} ${names.length === 1 ? 'is' : 'are'} incomplete${why}.`, places.filters(names), ...rows),
  ];
}

function reasonOf(report: FilterData['report']): readonly Exclude<ReturnType<typeof reasonFor>, ''>[] {
  const reason = report === null ? '' : reasonFor(report.gaps);
  return reason === '' ? [] : [reason];
}

function ofSinks({ data: { sinks, filters, dryRun }, places }: Scene): readonly Trouble[] {
  if (dryRun) return [];
  return sinks
    .map((name) => summarizeSink(name, filters))
    .flatMap(({ name, health, reports, whole, see }) => {
      if (health === 'bad') return [bad(`${name} lacks ${plural(reports - whole, 'report')}.`, places.sinks, ...see)];
      return health === 'warn' ? [warn(`${name} did not take every record.`, places.sinks, ...see)] : [];
    });
}

function ofHour({ data: { filters }, isPast, places }: Scene): readonly Trouble[] {
  const names = filters.filter(({ missed }) => missed > 0).map(({ name }) => name);
  const hour = isPast ? 'the hour before' : 'the last hour';
  return names.length === 0
    ? []
    : [warn(`Windows of ${hour} were not counted in ${some(names)}.`, places.filters(names), 'page-not-counted')];
}

function ofFiles({ data: { files, now }, places }: Scene): readonly Trouble[] {
  const out = files.filter(({ since }) => since === undefined).map(({ where }) => where);
  const older = [...Map.groupBy(files, ({ since }) => since)].flatMap(([since, faults]) =>
    since === undefined ? [] : [{ since, where: faults.map(({ where }) => where) }],
  );
  const left = plural(out.length, 'filters file is', 'filters files are');
  return [
    ...(out.length > 0 ? [warn(`${left} left out: ${some(out)}.`, places.files, 'filters-file')] : []),
    ...older.map(({ since, where }) =>
      warn(
        `Not taken: ${some(where)}; the text of ${moment(since, now)} UTC is in force.`,
        places.files,
        'filters-file',
      ),
    ),
  ];
}

function bad(text: string, shown: Place, ...see: readonly Anchor[]): Trouble {
  return { health: 'bad', text, shown, see };
}

function warn(text: string, shown: Place, ...see: readonly Anchor[]): Trouble {
  return { health: 'warn', text, shown, see };
}
