import type { Filter } from '../../core/model/filter.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import { PATIENCE_MS } from '../../core/telling/own/patience.ts';
import { createVendorNotes } from '../../core/telling/own/vendor-notes.ts';
import { watchVendors } from '../../core/telling/own/watch-vendors.ts';
import type { Parts } from '../make-parts.ts';
import type { Alerting } from './index.ts';

type Vendors = Pick<Parts, 'sources' | 'sourceOf' | 'sinks'>;

/** By their names. */
export function vendorsOf({ sources, sourceOf, sinks }: Vendors) {
  const names = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);
  return { sources: names(sources), sourceOf: (filter: Filter) => sourceOf(filter).name, sinks: names(sinks) };
}

/** Who watches over runs and vendors, to tell the admin of trouble; over vendors only where there is one. */
export function ownFailures(
  { intakes, ...parts }: Vendors & Pick<Parts, 'intakes'>,
  alerting: Alerting | undefined,
  now: () => number,
): readonly RunListener[] {
  if (alerting === undefined) return [];
  const { admin, cron } = alerting;
  if (admin.channel === undefined) return [cron.listener];
  if (intakes !== undefined) {
    const note = createVendorNotes({ admin, now });
    intakes.heed((name, fault) => note({ name: `intake ${name}`, fault, patienceMs: PATIENCE_MS }));
  }
  return [cron.listener, watchVendors({ ...vendorsOf(parts), admin, now })];
}
