import { optionsOf } from './entry.ts';
import type { Alerting } from './of-filter.ts';

/** What is said of alerts for which nobody is named, in a filter with its file's defaults; undefined: nothing. */
export function untoldWarning({ alerts = [], tell }: Alerting): string | undefined {
  if (tell !== undefined) return undefined;
  const own = alerts.map(optionsOf);
  const untold = own.flatMap((entry) => (entry.tell === undefined ? (entry.when ?? []) : []));
  if (untold.length === 0) return undefined;
  const remedy = 'write tell: with a channel, such as console, or tell: [] if that is meant';
  return `nobody is told of ${untold.join(', ')}; ${remedy}`;
}
