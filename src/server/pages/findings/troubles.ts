import { reasonFor } from '../../../core/model/make-report.ts';
import type { Anchor } from '../../reasons/see.ts';
import type { PageData } from '../data/model.ts';
import { plural, some, moment } from '../format.ts';
import { missedLately } from './coverage.ts';
import { summarizeSink } from './receipts.ts';

/** Something about the numbers that is not right. */
export interface Trouble {
  readonly health: 'warn' | 'bad';
  readonly text: string;
  /** The rows that explain it. */
  readonly see: readonly Anchor[];
}

/** All of them, in the order in which they are told. */
export function troublesOf(data: PageData): readonly Trouble[] {
  return [...ofCounts(data), ...ofSinks(data), ...ofHour(data), ...ofFiles(data)];
}

function ofCounts({ filters, current }: PageData): readonly Trouble[] {
  const uncounted = current === null ? [] : filters.filter(({ report }) => report === null).map(({ name }) => name);
  const incomplete = filters.flatMap(({ name, report }) =>
    report?.complete === false ? [{ name, reason: reasonFor(report.gaps) }] : [],
  );
  const others = incomplete.filter(({ reason }) => reason !== 'source_silent');
  const names = others.map(({ name }) => name);
  const reasons = [...new Set(others.flatMap(({ reason }) => (reason === '' ? [] : [reason])))];
  return [
    ...(others.length < incomplete.length
      ? [bad('Sentry itself has fallen silent: its zeros are no all-clear.', 'gap-source_silent')]
      : []),
    ...(uncounted.length > 0
      ? [bad(`${some(uncounted)} ${isOne(uncounted) ? 'was' : 'were'} not counted.`, 'page-not-counted')]
      : []),
    ...(names.length > 0
      ? [
          warn(
            `${some(names)} ${isOne(names) ? 'is' : 'are'} incomplete (${reasons.join(', ')}).`,
            ...reasons.map((reason): Anchor => `gap-${reason}`),
          ),
        ]
      : []),
  ];
}

function ofSinks({ sinks, filters, dryRun }: PageData): readonly Trouble[] {
  if (dryRun) return [];
  return sinks
    .map((name) => summarizeSink(name, filters))
    .flatMap(({ name, health, reports, whole, see }) => {
      if (health === 'bad') return [bad(`${name} lacks ${plural(reports - whole, 'report')}.`, ...see)];
      return health === 'warn' ? [warn(`${name} did not take every record.`, ...see)] : [];
    });
}

function ofHour(data: PageData): readonly Trouble[] {
  const names = data.filters.filter((filter) => missedLately(filter, data)).map(({ name }) => name);
  return names.length === 0
    ? []
    : [warn(`Windows of the last hour were not counted in ${some(names)}.`, 'page-not-counted')];
}

function ofFiles({ files, now }: PageData): readonly Trouble[] {
  const out = files.filter(({ since }) => since === undefined).map(({ where }) => where);
  const older = [...Map.groupBy(files, ({ since }) => since)].flatMap(([since, faults]) =>
    since === undefined ? [] : [{ since, where: faults.map(({ where }) => where) }],
  );
  return [
    ...(out.length > 0
      ? [warn(`${plural(out.length, 'filters file is', 'filters files are')} left out: ${some(out)}.`, 'filters-file')]
      : []),
    ...older.map(({ since, where }) =>
      warn(`Not taken: ${some(where)}; the text of ${moment(since, now)} UTC is in force.`, 'filters-file'),
    ),
  ];
}

function bad(text: string, ...see: readonly Anchor[]): Trouble {
  return { health: 'bad', text, see };
}

function warn(text: string, ...see: readonly Anchor[]): Trouble {
  return { health: 'warn', text, see };
}

function isOne(names: readonly string[]): boolean {
  return names.length === 1;
}
