import type { TriedError } from '../../../core/ports/events/intake.ts';

/** All of these are one issue, which is none of Sentry's: its ids are numbers. */
export const TRIED_ISSUE = 'sentry-monitor-check';

/** An error as Sentry's API would serialise it. */
export function triedText({ id, at, type, value, environment }: TriedError): string {
  const title = `${type}: ${value}`;
  const instant = new Date(at).toISOString();
  const tags = { level: 'error', ...(environment === undefined ? {} : { environment }) };
  return JSON.stringify({
    eventID: id,
    groupID: TRIED_ISSUE,
    message: title,
    title,
    culprit: 'sentry-monitor in simulate',
    metadata: { type, value },
    dateCreated: instant,
    dateReceived: instant,
    tags: Object.entries(tags).map(([key, said]) => ({ key, value: said })),
    entries: [{ type: 'exception', data: { values: [{ type, value, module: 'sentry-monitor', stacktrace: null }] } }],
  });
}
