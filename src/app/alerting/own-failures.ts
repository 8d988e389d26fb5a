import type { RunListener } from '../../core/ports/run-listener.ts';
import { PATIENCE_MS } from '../../core/telling/own/patience.ts';
import { createVendorNotes } from '../../core/telling/own/vendor-notes.ts';
import { watchVendors } from '../../core/telling/own/watch-vendors.ts';
import type { Parts } from '../make-parts.ts';
import type { Alerting } from './index.ts';

/** Who watches over runs and vendors, to tell the admin of trouble; over vendors only where there is one. */
export function ownFailures(
  { sources, sourceOf, sinks, intakes }: Pick<Parts, 'sources' | 'sourceOf' | 'sinks' | 'intakes'>,
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
  const names = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);
  return [
    cron.listener,
    watchVendors({
      sources: names(sources),
      sourceOf: (filter) => sourceOf(filter).name,
      sinks: names(sinks),
      admin,
      now,
    }),
  ];
}
