import type { Filter } from '../../model/filter.ts';
import type { ReportResult } from '../../model/results.ts';

/** Of the source that a filter is read from; '' where it names none. */
export function sourceNameOf({ source = '' }: Pick<Filter, 'source'>): string {
  return source;
}

/** Names (`sourceNameOf`) of the sources of which nothing could be read. */
export function downSources(reports: readonly ReportResult[]): ReadonlySet<string> {
  const bySource = [...Map.groupBy(reports, ({ filter }) => sourceNameOf(filter))];
  const down = bySource.filter(([, own]) => own.every(({ fault }) => fault !== undefined));
  return new Set(down.map(([source]) => source));
}
