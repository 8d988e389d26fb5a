import type { RunListener } from '../../core/ports/run-listener.ts';
import { watchVendors } from '../../core/telling/own/watch-vendors.ts';
import type { Parts } from '../make-parts.ts';
import type { Alerting } from './index.ts';

/** What tells the admin of vendors in trouble; nobody where there is no admin. */
export function ownFailures(
  { sources, sourceOf, sinks }: Pick<Parts, 'sources' | 'sourceOf' | 'sinks'>,
  alerting: Alerting | undefined,
  now: () => number,
): readonly RunListener[] {
  if (alerting?.admin.channel === undefined) return [];
  const names = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);
  return [
    watchVendors({
      sources: names(sources),
      sourceOf: (filter) => sourceOf(filter).name,
      sinks: names(sinks),
      admin: alerting.admin,
      now,
    }),
  ];
}
