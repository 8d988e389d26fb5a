/** Columns that events share with tags of the same name: asked for bare, the column answers (docs/sentry-search.md). */
const COLUMNS = ['release', 'environment', 'level', 'user', 'transaction', 'platform', 'dist'];

const STACK = 'abs_path filename package module function in_app colno lineno stack_level';
const DEVICE =
  'arch battery_level brand charging locale model_id name online orientation screen_density screen_dpi ' +
  'screen_height_pixels screen_width_pixels simulator uuid class';
const PLAIN =
  'user.id user.email user.username user.ip user.display title message culprit location event.type id issue ' +
  'issue.id project project.name project.id platform.name timestamp timestamp.to_hour timestamp.to_day time ' +
  'error.received error.type error.value error.mechanism error.handled error.unhandled error.main_thread ' +
  'sdk.name sdk.version http.method http.referer http.status_code http.url ' +
  'geo.country_code geo.region geo.city geo.subdivision ' +
  'os.build os.kernel_version os.distribution.name os.distribution.version app.in_foreground unreal.crash_type ' +
  'trace trace.span trace.sampled trace.client_sample_rate profile.profiler_id replay.id replayId ' +
  'num_processing_errors occurrence_id performance.issue_ids reprocessing.original_issue_id';

/** What events have of their own. */
export const FIELDS: ReadonlySet<string> = new Set([
  ...COLUMNS,
  ...PLAIN.split(' '),
  ...STACK.split(' ').map((it) => `stack.${it}`),
  ...DEVICE.split(' ').map((it) => `device.${it}`),
]);

/** Keys of searches besides: they have no column of their own. */
const SEARCHED: ReadonlySet<string> = new Set([
  'is',
  'status',
  'release.version',
  'release.package',
  'release.build',
  'release.stage',
  'profile.id',
]);

/** Columns that `tags[...]` leads to as well. */
const SHARED: ReadonlySet<string> = new Set(['level', 'environment', 'transaction']);

/** Whether `tags[name]` is a field of events, which they have whatever was sent. */
export function isSharedColumn(name: string): boolean {
  return SHARED.has(name);
}

/** Whether events have this of their own: asked for as a tag it is empty. */
export function isField(name: string): boolean {
  return FIELDS.has(name);
}

/** Whether a search takes this bare name for something else than a tag. */
export function isKnownKey(name: string): boolean {
  return isField(name) || SEARCHED.has(name);
}

const WINDOW = 'the window is ours; leave it out';
const ISSUE = 'it is said of an issue, and the records have it';

/**
 * Names that searches of issues know and searches of events take for tags of that name, so that they find nothing; what
 * to do instead.
 */
export const ISSUE_ONLY: ReadonlyMap<string, string> = new Map([
  ...named('age date event.timestamp', WINDOW),
  ...named('first_seen firstSeen', 'the records say of each issue whether it is new (state, firstSeen); leave it out'),
  ...named('last_seen lastSeen', WINDOW),
  ...named('times_seen timesSeen', 'the records count each issue (count); leave it out'),
  ...named('first_release first-release firstRelease', 'write release:VERSION, which is where the event happened'),
  ...named('regressed_in_release', 'the records say of each issue whether it is back (state); write release:VERSION'),
  ...named(
    'assigned assigned_to assigned_or_suggested bookmarks bookmarked_by subscribed for_review',
    `${ISSUE} (assignee); leave it out`,
  ),
  ...named('substatus', `${ISSUE} (substatus); leave it out, or write is: with a status`),
  ...named('issue.priority', 'write level: for how bad the event is'),
  ...named('issue.category issue.type', 'every event here is an error; write error.type: for its kind'),
  ...named('issue.seer_actionability', 'leave it out'),
]);

function named(names: string, remedy: string): readonly (readonly [string, string])[] {
  return names.split(' ').map((name) => [name, remedy]);
}

export const NUMBERS: ReadonlySet<string> = new Set([
  'issue.id',
  'project.id',
  'stack.colno',
  'stack.lineno',
  'stack.stack_level',
]);
export const FLAGS: ReadonlySet<string> = new Set([
  'error.handled',
  'error.unhandled',
  'error.main_thread',
  'stack.in_app',
]);
/** When the event happened. */
export const MOMENTS: ReadonlySet<string> = new Set(['timestamp', 'timestamp.to_hour', 'timestamp.to_day', 'time']);
export const IDS: ReadonlySet<string> = new Set(['id', 'trace', 'profile.id', 'replay.id']);
export const PROJECTS: ReadonlySet<string> = new Set(['project', 'project.name']);
/** Versions, which have an order. */
export const VERSIONS: ReadonlySet<string> = new Set(['release.version', 'release.build']);
/** What `is:` and `status:` take. */
export const STATES = ['resolved', 'unresolved', 'ignored', 'archived', 'muted', 'reprocessing'];
