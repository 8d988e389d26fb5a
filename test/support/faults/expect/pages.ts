import { gap, LATE, NOT_READ, PASSING, SENTRY, SILENT, SOUND, TOLD_TO_WAIT, UNKNOWN_SILENCE } from './sentry.ts';
import { FIRST_PAGE, HOURLY_COUNTS, LATER_PAGE, NEWEST_ISSUE, PROJECT_ISSUES, QUIET_HOUR } from '../targets.ts';
import type { Chapter, Ending } from '../types.ts';

/** Not asked again, and no project's own matter. */
const FINAL = '400, 401, 413, html, empty, broken-json';
/** Lists are what such a server documents, so `[]` is one without entries. */
const SHAPES = 'object, null, data-null, number';
/** No such project, or a page to log in at. */
const GONE = '404, 404 bare, redirect';

/** What is not there was not asked for again, and nothing says so. */
const ZEROS = gap(
  '-',
  'no issue records, no tag records, number of events said to be 0, number of issues said to be 0, number of users said to be 0',
);
const ONE_PAGE = 'no metrics, no samples, number of events said to be 100, number of users said to be 100';
const PART = gap('totals not_answered', ONE_PAGE);
const NO_DETAILS = gap('details not_answered');
/** The pause is for the other project too, whose turn is the next. */
const NO_DETAILS_AT_ALL: Ending = { ...NO_DETAILS, other: 'details not_answered: all once' };

export const PAGES: Chapter = {
  vendor: 'Sentry, page by page',
  classes: [
    ['final', 'not asked again', FINAL],
    ['strange', 'JSON that is no list; not asked again', SHAPES],
    ['passing', 'asked again', `${PASSING}, 429, 429 after 7, 503 after 7, rate 7, concurrency`],
    ['late', '40 s for an answer, then asked again', LATE],
  ],
  tries: SENTRY.tries,
  targets: [
    {
      target: FIRST_PAGE,
      once: [
        [`${FINAL}, ${SHAPES}, ${GONE}, 403`, NOT_READ],
        ['rate 600', TOLD_TO_WAIT],
        ['array', ZEROS],
        ['*', SOUND],
      ],
      // Reading ends 15 s before the run does, so that what hangs is no 504.
      lasting: [
        ['slow', SOUND],
        ['rate 600', TOLD_TO_WAIT],
        ['array', ZEROS],
        ['*', NOT_READ],
      ],
      note: 'An empty list is what a project without events has: that it is a fault cannot be seen. Pages are asked for one at a time, so who is told to wait waits for all projects.',
    },
    {
      target: LATER_PAGE,
      once: [
        ['array', gap('totals pages_broken', ONE_PAGE)],
        [`${FINAL}, ${SHAPES}, ${GONE}, 403, rate 600`, PART],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['array', gap('totals pages_broken', ONE_PAGE)],
        [LATE, gap('totals not_answered, details not_answered', ONE_PAGE)],
        ['*', PART],
      ],
      note: 'What was counted so far goes out, marked as incomplete.',
    },
    {
      target: PROJECT_ISSUES,
      once: [
        ['array', gap('details not_known')],
        ['rate 600', NO_DETAILS_AT_ALL],
        [`${FINAL}, ${SHAPES}, ${GONE}, 403`, NO_DETAILS],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['array', gap('details not_known')],
        ['rate 600', NO_DETAILS_AT_ALL],
        ['*', NO_DETAILS],
      ],
      note: 'Title and level are then those of the newest event.',
    },
    {
      target: QUIET_HOUR,
      once: [
        ['array', SOUND],
        [`${FINAL}, ${SHAPES}, ${GONE}, 403, rate 600`, UNKNOWN_SILENCE],
        ['*', SILENT],
      ],
      lasting: [
        ['slow', SILENT],
        ['array', SOUND],
        ['*', UNKNOWN_SILENCE],
      ],
      note: 'Sentry did fall silent. After an empty list the hour before was quiet too, and zeros are no news.',
    },
    {
      target: HOURLY_COUNTS,
      once: [['*', SILENT]],
      lasting: [['*', SILENT]],
      // They have 15 s in all.
      tries: [
        ['429', '0, 5.6', '0, 5.6'],
        ['429 after 7, 503 after 7', '0, 7', '0, 7, 14'],
        ['rate 7', '0, 8', '0, 8'],
        [LATE, '0', '0'],
      ],
      note: 'What they cannot tell, the pages of the hour before do.',
    },
    {
      target: NEWEST_ISSUE,
      once: [
        [`${FINAL}, ${SHAPES}, redirect, 403, rate 600`, UNKNOWN_SILENCE],
        ['*', SILENT],
      ],
      lasting: [
        ['slow, 404, 404 bare, array', SILENT],
        ['*', UNKNOWN_SILENCE],
      ],
      note: 'Sentry 8 has no such list, so a 404 leaves it to the projects of the filters; an empty list has no other project in it.',
    },
  ],
};
