import type { ErrorEvent, Frame, GroupedBy, Reject, Sample } from './event.ts';

/** What is kept of texts at most, UTF-16 units. */
const MOST = { id: 200, title: 500, name: 200, text: 8_192, url: 2_000, sample: 65_536, reject: 1_000 } as const;
const MOST_TAGS = 100;
const MOST_FRAMES = 250;
const MOST_LINES = 100;
const MOST_PARTS = 300;

/**
 * An event as it can be kept, whoever wrote its texts: they are cut where they are too long, without half a letter at
 * their ends. The same event comes out the same.
 */
export function fitEvent(event: ErrorEvent): ErrorEvent {
  const { tags, sample, grouping } = event;
  return {
    ...event,
    id: cut(event.id, MOST.id),
    issueId: cut(event.issueId, MOST.id),
    at: Math.trunc(event.at),
    title: cut(event.title, MOST.title),
    culprit: cutOrNull(event.culprit, MOST.title),
    text: cutOrNull(event.text, MOST.text),
    level: cut(event.level, MOST.name),
    environment: cutOrNull(event.environment, MOST.name),
    release: cutOrNull(event.release, MOST.name),
    user: cutOrNull(event.user, MOST.name),
    tags: Object.fromEntries(
      Object.entries(tags)
        .slice(0, MOST_TAGS)
        .map(([key, value]) => [cut(key, MOST.name), cut(value, MOST.name)]),
    ),
    url: event.url !== null && event.url.length <= MOST.url ? event.url : null,
    sample: sample === null ? null : fitSample(sample),
    ...(grouping === undefined ? {} : { grouping: fitGrouping(grouping) }),
  };
}

export function fitReject({ id, at, reason, place, text }: Reject): Reject {
  return {
    id: cut(id, MOST.id),
    at: Math.trunc(at),
    reason: cut(reason, MOST.title),
    place: cut(place, MOST.title),
    text: cut(text, MOST.reject),
  };
}

/** Of frames the newest are kept, of lines before it the last. */
function fitSample({ text, frames, context, link }: Sample): Sample {
  return {
    text: cutOrNull(text, MOST.sample),
    frames: frames.slice(-MOST_FRAMES).map(fitFrame),
    context: context.slice(-MOST_LINES).map((line) => cut(line, MOST.reject)),
    ...(link === undefined || link.length > MOST.url ? {} : { link }),
  };
}

function fitGrouping({ by, parts, kept }: GroupedBy): GroupedBy {
  const fit = (some: readonly string[]): readonly string[] =>
    some.slice(0, MOST_PARTS).map((part) => cut(part, MOST.reject));
  return { by, parts: fit(parts), kept: fit(kept) };
}

function fitFrame({ module, function: name, line, column }: Frame): Frame {
  return { module: cutOrNull(module, MOST.name), function: cutOrNull(name, MOST.name), line, column };
}

function cutOrNull(text: string | null, most: number): string | null {
  return text === null ? null : cut(text, most);
}

function cut(text: string, most: number): string {
  return (text.length <= most ? text : text.slice(0, most)).toWellFormed();
}
