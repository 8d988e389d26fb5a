import { GAP_REASONS, type GapReason } from '../../core/model/gap.ts';
import { row, type Row } from './row.ts';

type Text = readonly [means: string, todo: string];

/** Why a part of a report is missing. */
const TEXTS: Readonly<Record<GapReason, Text>> = {
  project_not_found: [
    'the project was renamed, deleted or misspelt; it is not in the numbers',
    'mend the line that `detail` names; it also says how the project is called now, or the nearest slug',
  ],
  project_forbidden: ['the token may not read the project; it is not in the numbers', 'give the integration access'],
  environment_not_found: [
    'Sentry knows no environment of that name: misspelt, or without an event so far; it is not in the numbers',
    'mend the line that `detail` names; it also gives the nearest name. If the environment is new, nothing: its ' +
      'count begins with its first event',
  ],
  pages_shifted: ['rows moved while they were read', 'nothing'],
  pages_broken: ['there was no way to the next page', 'check that no proxy removes the `Link` header'],
  row_limit: ['more issues than `MAX_ROWS`', 'split the filter, or raise `MAX_ROWS`'],
  page_limit: ['page by page: more than `MAX_PAGES`', 'raise it'],
  no_date: ['page by page: events without a date', 'nothing; they are in no window'],
  rows_differ: ['totals and issue rows disagree by `unattributed`', 'nothing, if it is rare: events came in meanwhile'],
  not_answered: [
    'a request failed, or its time was over; `detail` says which. For `totals`: zeros of which nobody could say ' +
      'whether Sentry is silent, or a project that was not read, or only a part of its events (a lower bound)',
    'look at `detail`: [which fault it was](#which-fault-it-was); if it is time, `plan` says how much a run needs. A ' +
      'second post finds the report delivered and fills no gap',
  ],
  source_silent: [
    'Sentry took in no event at all: these zeros are no all-clear',
    'look at Sentry, and at what sends to it',
  ],
  terms_unread: [
    'the server takes search terms for whole messages: a filter with terms counts 0, and more with stars around them',
    'look for a newer version; until then write `query: \'message:"*text*"\'`',
  ],
  intake_behind: [
    'an intake was not read past the window and the settle time: what is missing may still come',
    'see `intake not read` and `intake read` in the log: where `left` is always true, run `sentry-monitor intake` ' +
      'beside; the window is counted again',
  ],
  not_known: [
    'an issue was deleted or merged; or GlitchTip told no level, of events nor issues',
    'for levels: see why its list of issues cannot be had',
  ],
  not_supported: ['this kind of server cannot say', 'for `baselines`, `TREND_BASELINES=off` hides it'],
  state_read_later: [
    'a `query` with `is:` or `release:latest`, in a window that was read after the next one had ended',
    'nothing: the count is by the state of now, so it may differ from what it would have been',
  ],
};

/** By anchor, in the order of the list of reasons. */
export const GAP_ROWS = Object.fromEntries(
  GAP_REASONS.map((reason): [string, Row] => [`gap-${reason}`, row(`\`${reason}\``, ...TEXTS[reason])]),
) as Readonly<Record<`gap-${GapReason}`, Row>>;
