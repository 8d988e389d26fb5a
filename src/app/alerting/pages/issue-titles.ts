import type { InForce } from '../../../config/reload/in-force.ts';
import type { AlertStore } from '../../../core/ports/alerting/alert-store.ts';
import type { EventStore } from '../../../core/ports/events/event-store.ts';

export interface TitlesDeps {
  readonly alerts: AlertStore;
  readonly filters: InForce['filters'];
  /** Undefined: there are no intakes. */
  readonly events: EventStore | undefined;
}

/** By id, the titles of issues that were decided or stored; null: nobody knows it. Others are absent. */
export async function issueTitles(
  ids: readonly string[],
  { alerts, filters, events }: TitlesDeps,
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const projects = [...new Set(filters.flatMap((filter) => filter.projects))];
  const titles = new Map<string, string | null>();
  const note = (found: ReadonlyMap<string, { readonly title: string | null }>): void => {
    for (const id of ids) if (found.has(id)) titles.set(id, titles.get(id) ?? found.get(id)!.title);
  };
  if (events !== undefined) note(await events.issues(projects, ids, []));
  await alerts.look(async (trx) => {
    for (const { name } of filters) note(await trx.issues(name, ids));
  });
  return titles;
}
