import type { DigestRecord } from '../../model/alerting/digest.ts';
import { matcher } from '../../model/counting/match.ts';
import { countedEvent } from '../../model/counting/stored-event.ts';
import type { Filter } from '../../model/filter.ts';
import { isoOf } from '../../model/window.ts';
import type { DigestReach } from '../../ports/alerting/digest-store.ts';
import type { EventStore, StoredEvent } from '../../ports/events/event-store.ts';

/** Events of an issue. */
export interface Group {
  readonly project: string;
  events: number;
  /** The earliest and the latest by their own time; of one instant as they were stored. */
  first: StoredEvent;
  last: StoredEvent;
}

/** By issue id. */
export type Groups = ReadonlyMap<string, Group>;

/** What was stored of each filter after `from` up to `to`. Every event passes by once. */
export async function groupsOf(
  filters: readonly Filter[],
  { from, to }: { readonly from: DigestReach; readonly to: DigestReach },
  { stored }: Pick<EventStore, 'stored'>,
): Promise<ReadonlyMap<string, Groups>> {
  const all = filters.map((filter) => ({ filter, match: matcher(filter), groups: new Map<string, Group>() }));
  for (const [project, upTo] of Object.entries(to)) {
    const own = all.filter(({ filter }) => filter.projects.includes(project));
    const after = from[project] ?? 0;
    if (own.length === 0 || after >= upTo) continue;
    await stored(project, { after, upTo }, (events) => {
      for (const event of events)
        for (const { match, groups } of own) if (match(countedEvent(event)) === 'yes') add(event, groups);
    });
  }
  return new Map(all.map(({ filter, groups }) => [filter.name, groups]));
}

function add(event: StoredEvent, groups: Map<string, Group>): void {
  const { issueId, project, at } = event;
  const group = groups.get(issueId);
  if (group === undefined) return void groups.set(issueId, { project, events: 1, first: event, last: event });
  group.events++;
  if (at < group.first.at) group.first = event;
  if (at >= group.last.at) group.last = event;
}

export function recordOf({ at, title }: StoredEvent): DigestRecord {
  return { at: isoOf(at), title };
}
