import { searchMessage } from '../search/fields.ts';
import type { State } from '../world/state.ts';
import type { SandboxEvent } from '../types.ts';
import { microsText, millisText } from './instants.ts';

/** One event of a project's list. `message` is '' for plain exceptions. */
export function eventJson(state: State, event: SandboxEvent): Record<string, unknown> {
  return {
    eventID: event.id,
    id: event.id,
    projectID: event.projectId,
    groupID: event.issueId === null ? null : state.issues.current(event.issueId),
    'event.type': event.type,
    platform: event.platform,
    dateCreated: millisText(event.at + (event.millis ?? 0)),
    title: event.title,
    message: event.message,
    culprit: event.culprit,
    location: event.metadata['filename'] ?? null,
    metadata: { ...event.metadata },
    tags: tagList(event),
    user: userJson(event),
    crashFile: null,
  };
}

/** Servers up to 2019 fall back to the stored search message. */
export function oldEventJson(state: State, event: SandboxEvent): Record<string, unknown> {
  return { ...eventJson(state, event), message: event.message === '' ? searchMessage(event) : event.message };
}

/** What `full` adds. */
export function fullFields(event: SandboxEvent): Record<string, unknown> {
  return {
    dateReceived: microsText(event.arrivedAt),
    dist: event.dist,
    type: event.type,
    size: 2048,
    entries: entriesOf(event),
    contexts: { runtime: { name: 'node', version: '24.0.0', type: 'runtime' } },
    context: {},
    packages: {},
    sdk: { name: 'sentry.javascript.node', version: '9.1.0' },
    errors: [],
    fingerprints: [event.id],
    _meta: {},
  };
}

/** The body of an event: the exception with its stack, and the log message when there is one. */
export function entriesOf(event: SandboxEvent): unknown[] {
  const frames = event.stack.map((frame) => ({
    ...frame,
    inApp: true,
    lineNo: 1,
    colNo: 1,
    absPath: frame.filename,
    context: [],
  }));
  const exception = {
    type: event.metadata['type'] ?? 'Error',
    value: event.metadata['value'] ?? event.title,
    stacktrace: { frames },
  };
  const message = event.message === '' ? [] : [{ type: 'message', data: { formatted: event.message } }];
  return [{ type: 'exception', data: { values: [exception], hasSystemFrames: false } }, ...message];
}

/** Sorted by key; what has a field of its own is a tag besides. */
function tagList(event: SandboxEvent): Array<{ key: string; value: string; query?: string }> {
  const { level, release, environment, user, transaction, dist } = event;
  const tags = { ...known({ level, release, environment, user, transaction, dist }), ...event.tags };
  return Object.keys(tags)
    .sort()
    .map((key) => {
      const value = tags[key] ?? '';
      const query = key === 'user' ? userQuery(value) : undefined;
      return query === undefined ? { key, value } : { key, value, query };
    });
}

/** Those that are not null. */
export function known(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== null) found[key] = value;
  return found;
}

function userQuery(user: string): string | undefined {
  const parts = /^(\w+):(.*)$/s.exec(user);
  return parts === null ? undefined : `user.${parts[1] ?? ''}:"${parts[2] ?? ''}"`;
}

const USER_FIELDS: Readonly<Record<string, string>> = {
  id: 'id',
  ip: 'ip_address',
  email: 'email',
  username: 'username',
};

/** `id:5` as an object. */
export function userJson(event: SandboxEvent): Record<string, unknown> | null {
  if (event.user === null) return null;
  const parts = /^(\w+):(.*)$/s.exec(event.user);
  const empty = { id: null, email: null, username: null, ip_address: null, name: null, data: null };
  return { ...empty, [USER_FIELDS[parts?.[1] ?? ''] ?? 'id']: parts?.[2] ?? event.user };
}
