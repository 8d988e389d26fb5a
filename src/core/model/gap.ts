export const GAP_PARTS = ['totals', 'issues', 'splits', 'details', 'baselines'] as const;
export type GapPart = (typeof GAP_PARTS)[number];

/**
 * Why a part is missing. A closed list: dashboards and alerts name these.
 *
 * - project_not_found: no project of that slug: renamed, deleted or misspelt
 * - project_forbidden: the token may not read the project
 * - environment_not_found: no environment of that name: misspelt, or without an event so far
 * - pages_shifted:     rows moved while pages were read; a row may be missing or stale
 * - pages_broken:      the server's paging did not advance
 * - row_limit:         more rows than MAX_ROWS
 * - page_limit:        more pages of events than MAX_PAGES
 * - no_date:           events that no date says when they happened
 * - rows_differ:       totals and rows disagree, also after the totals were read once more
 * - not_answered:      the request for this part failed
 * - source_silent:     all projects of the organization together fell silent: the zeros are no all-clear
 * - terms_unread:      the server reads search terms otherwise than it did: they find nothing
 * - intake_behind:     an intake was not read past the window yet: what is missing may still come
 * - not_known:         the server answered without the thing asked for (a deleted or merged issue)
 * - not_supported:     this kind of server cannot say
 * - state_read_later:  the query asks for a state, and was asked when that may be another one than in the window
 */
export const GAP_REASONS = [
  'project_not_found',
  'project_forbidden',
  'environment_not_found',
  'pages_shifted',
  'pages_broken',
  'row_limit',
  'page_limit',
  'no_date',
  'rows_differ',
  'not_answered',
  'source_silent',
  'terms_unread',
  'intake_behind',
  'not_known',
  'not_supported',
  'state_read_later',
] as const;
export type GapReason = (typeof GAP_REASONS)[number];

export interface Gap {
  readonly part: GapPart;
  readonly reason: GapReason;
  /** Slug of the one project it concerns; absent: the whole reading. */
  readonly project?: string | undefined;
  /** For people: what exactly, in one sentence. No secrets. */
  readonly detail?: string | undefined;
}
