import type { Program } from '../../app/assemble.ts';
import { compareGroupings } from '../../core/logs/issues/issue-key.ts';
import type { GroupedBy } from '../../core/model/events/event.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import { BadCall } from '../command.ts';
import { onOneLine } from '../summary/blocks.ts';
import { wrapped } from '../summary/wrap.ts';

/** Two events, and why they are of one issue or of two; its JSON is a contract. */
export interface Compared {
  readonly events: readonly { readonly event: string; readonly intake: string; readonly issue: string }[];
  readonly isOneIssue: boolean;
  /** Lines for people. */
  readonly why: readonly string[];
}

interface Seen {
  readonly event: string;
  readonly intake: string;
  readonly issue: string;
  /** Null: the vendor says of which issue it is, or it is not kept. */
  readonly grouping: GroupedBy | null;
}

/** Throws a BadCall for an event that no intake has. */
export async function compareEvents(ids: readonly [string, string], intakes: Program['intakes']): Promise<Compared> {
  if (intakes === undefined) throw new BadCall('no filters file sets up an intake, so there are no events to compare');
  const { store, names } = intakes;
  const [one, other] = [await seenOf(ids[0], names, store), await seenOf(ids[1], names, store)];
  return {
    events: [one, other].map(({ event, intake, issue }) => ({ event, intake, issue })),
    isOneIssue: one.intake === other.intake && one.issue === other.issue,
    why: whyOf(one, other),
  };
}

async function seenOf(event: string, names: readonly string[], store: EventStore): Promise<Seen> {
  const place = await store.locate(names, event);
  if (place === null)
    throw new BadCall(`no intake has an event ${JSON.stringify(event)}; an issue's page shows ids of its events`);
  return { event, intake: place.project, issue: place.issueId, grouping: await store.groupingOf(place) };
}

const BY: Readonly<Record<string, string>> = {
  merge: 'a merge pattern of the intake',
  frames: 'the exceptions and the calls of their tracebacks',
  'call site': 'the statement that logs',
  text: 'what they say, without the values in it',
};

function whyOf(one: Seen, other: Seen): readonly string[] {
  const isSameKey = one.issue === other.issue;
  if (isSameKey && one.intake !== other.intake)
    return [`the same in two intakes, ${one.intake} and ${other.intake}: each has its own issues`];
  if (one.grouping === null || other.grouping === null) return withoutGrouping(one, other);
  const by = one.grouping.by === other.grouping.by ? [`by ${BY[one.grouping.by] ?? one.grouping.by}`] : [];
  const lines = compareGroupings(one.grouping, other.grouping);
  return [...by, ...(isSameKey ? lines.filter((line) => line.startsWith('both: ')) : lines)];
}

function withoutGrouping(one: Seen, other: Seen): readonly string[] {
  const lacking = [...new Set([one, other].filter(({ grouping }) => grouping === null).map(({ issue }) => issue))];
  const ours = lacking.filter((issue) => /^\d+:[0-9a-f]{32}$/.test(issue));
  if (ours.length > 0)
    return [`why ${ours.join(' and ')} is an issue was not kept yet when its events came; its next event says it`];
  return [`${lacking.join(' and ')}: it was not grouped here, whoever sent it says which issue it is of`];
}

/** For a terminal of 80 columns. */
export function comparedText({ events, isOneIssue, why }: Compared): string {
  const all = events.map(({ event, intake, issue }) => wrapped(onOneLine(`${event}, ${intake}: issue ${issue}`), 0));
  const head = isOneIssue ? 'They are one issue:' : 'They are two issues:';
  return [...all, head, ...why.map((line) => wrapped(onOneLine(line), 3))].join('\n');
}
