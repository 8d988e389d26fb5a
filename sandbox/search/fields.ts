import type { SandboxEvent } from '../types.ts';

/** What a search or a column may need to know besides the event itself. */
export type Lookup = {
  projectSlug(projectId: string): string;
  /** The issue's id today, after merges. */
  issueId(event: SandboxEvent): string | null;
  /** null when the issue is deleted or unknown. */
  shortId(issueId: string): string | null;
  /** As it is at the time of asking; null when there is no such issue. */
  status(issueId: string): string | null;
  /** How a text without wildcards is compared with the search message. */
  readonly messages: 'held' | 'equal';
};

/**
 * The search message: log message, all texts of the metadata, culprit, and the title where the metadata lack
 * it. Not the stack.
 */
export function searchMessage(event: SandboxEvent): string {
  const texts = Object.values(event.metadata);
  return [event.message, ...texts, event.culprit ?? '', texts.includes(event.title) ? '' : event.title]
    .filter((part) => part !== '')
    .join(' ');
}

export type Got = string | readonly string[] | null;

export type Getter = (event: SandboxEvent, lookup: Lookup) => Got;

/** The keys that are not tags. Promoted tags may be null. */
const BUILT_IN: Readonly<Record<string, Getter>> = {
  id: (event) => event.id,
  message: searchMessage,
  title: (event) => event.title,
  culprit: (event) => event.culprit,
  level: (event) => event.level,
  release: (event) => event.release,
  environment: (event) => event.environment,
  user: (event) => event.user,
  'user.id': (event) => userPart(event, 'id'),
  'user.ip': (event) => userPart(event, 'ip'),
  'user.email': (event) => userPart(event, 'email'),
  'user.username': (event) => userPart(event, 'username'),
  location: (event) => event.metadata['filename'] ?? null,
  'http.url': (event) => event.tags['url'] ?? '',
  transaction: (event) => event.transaction,
  platform: (event) => event.platform,
  'platform.name': (event) => event.platform,
  dist: (event) => event.dist,
  timestamp: (event) => `${new Date(event.at).toISOString().slice(0, 19)}+00:00`,
  project: (event, lookup) => lookup.projectSlug(event.projectId),
  'project.name': (event, lookup) => lookup.projectSlug(event.projectId),
  'project.id': (event) => event.projectId,
  'issue.id': (event, lookup) => lookup.issueId(event),
  issue: (event, lookup) => shortIdOf(event, lookup),
  status: (event, lookup) => {
    const id = lookup.issueId(event);
    return id === null ? null : lookup.status(id);
  },
  'event.type': (event) => event.type,
  'error.type': (event) => event.metadata['type'] ?? null,
  'error.value': (event) => event.metadata['value'] ?? null,
  'error.handled': (event) => String(event.handled),
  'error.unhandled': (event) => String(!event.handled),
};

function userPart(event: SandboxEvent, part: string): string | null {
  return event.user?.startsWith(`${part}:`) === true ? event.user.slice(part.length + 1) : null;
}

function shortIdOf(event: SandboxEvent, lookup: Lookup): string | null {
  const id = lookup.issueId(event);
  return id === null ? null : (lookup.shortId(id) ?? 'unknown');
}

export function builtIn(name: string): Getter | undefined {
  return Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
}

const PROMOTED = new Set(['level', 'release', 'environment', 'user', 'transaction', 'dist']);

/** A tag's value; '' when the event lacks it. */
export function tagGetter(name: string): Getter {
  return (event, lookup) => {
    if (Object.hasOwn(event.tags, name)) return event.tags[name] ?? '';
    return PROMOTED.has(name) ? (builtIn(name)?.(event, lookup) ?? null) : '';
  };
}

/** What events have of their own besides, as `SandboxEvent.fields`: a tag of that name is not looked at. */
const OWN =
  /^(?:user\.display|error\.(?:mechanism|main_thread|received)|stack\.\w+|sdk\.(?:name|version)|http\.\w+|geo\.\w+|os\.(?:build|kernel_version|distribution\.\w+)|device\.(?:arch|battery_level|brand|charging|class|locale|model_id|name|online|orientation|screen_\w+|simulator|uuid)|app\.in_foreground|unreal\.crash_type|trace(?:\.(?:span|sampled|client_sample_rate))?|profile\.profiler_id|replay\.id|replayId|num_processing_errors|occurrence_id|performance\.issue_ids|reprocessing\.original_issue_id|timestamp\.to_(?:hour|day)|time)$/;

/** A built-in key hides a tag of the same name. */
export function bareGetter(name: string): Getter {
  const own: Getter = (event) => event.fields?.[name] ?? null;
  return builtIn(name) ?? (OWN.test(name) ? own : tagGetter(name));
}

/** One text of it, for what can be no list. */
export function textOf(got: Got): string | null {
  return Array.isArray(got) ? got.join(' ') : (got as string | null);
}
