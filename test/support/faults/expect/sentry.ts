import {
  DAY_BEFORE,
  DETAILS,
  FRESHNESS,
  HOUR_BEFORE,
  ISSUES,
  KIND,
  NEXT_PAGE,
  OLD_PROJECT_LIST,
  PROJECT_LIST,
  REST_OF_PAST,
  SPLITS,
  TOTALS,
  WEEK_BEFORE,
} from '../targets.ts';
import type { Chapter, Ending, Expectation, Target } from '../types.ts';

/** Asked again by the rules: 408, 425, 500, 502, 503, 504, "Query timeout", no answer. */
export const PASSING = '408, 425, 500, 502, 503, 504, gateway, gateway json, timeout, cut, cut body, lost';
/** Another shape than Sentry documents, but JSON. */
const SHAPES = 'array, object, null, data-null, number';
/** Not asked again: no wait helps, or a longer one than the run has. */
const FINAL = `400, 401, 403, 404, 404 bare, 413, rate 600, redirect, html, empty, broken-json, ${SHAPES}`;
/** 40 s a try. */
export const LATE = 'too slow, hang';

export const SOUND: Ending = {
  answer: '200 ok all',
  missing: '-',
  receipts: 'sent',
  stored: 'all once',
  other: 'whole',
  again: '-',
};
export const NOT_READ: Ending = {
  answer: '502 partial some',
  missing: 'not read',
  receipts: 'none',
  stored: 'nothing',
  other: 'whole',
  again: '200, all once',
};
const NONE_READ: Ending = { ...NOT_READ, answer: '503 failed none', other: 'not read: nothing' };
/** The run's deadline is after 120 s. */
const NOT_IN_TIME: Ending = { ...NOT_READ, answer: '504 partial some' };
const NONE_IN_TIME: Ending = { ...NONE_READ, answer: '504 failed none' };

/** A report with a gap is data: it is delivered, and a second post finds it delivered. */
export function gap(missing: string, stored = 'all once'): Ending {
  return { ...SOUND, missing, stored, again: stored === 'all once' ? '200, all once' : '200, as before' };
}

/** Who is told to wait ten minutes does: five, for one post more. */
export const TOLD_TO_WAIT: Ending = { ...NONE_READ, again: '503, as before' };
const NO_ISSUES = gap(
  'issues not_answered',
  'no issue records, 2 of 3 metrics, 2 of 3 samples, number of issues left out',
);
const ONE_PAGE = '100 of 101 issue records, 2 of 3 metrics, 2 of 3 samples, number of issues said to be 100';
const NO_DETAILS: Ending = { ...gap('details not_answered'), other: 'details not_answered: all once' };
const UNKNOWN_DETAILS: Ending = { ...gap('details not_known'), other: 'details not_known: all once' };
/** A zero that may be no all-clear is no number: no sample of it. */
const UNKNOWN_ZEROS = 'only counts';
const zeros = (why: string): Ending => ({ ...gap(why, UNKNOWN_ZEROS), other: `${why}: ${UNKNOWN_ZEROS}` });
export const SILENT = zeros('totals source_silent');
export const UNKNOWN_SILENCE = zeros('totals not_answered');
const NO_BASELINE = gap('baselines not_answered');

/** The other filter's past is asked for later than all that its numbers need, and comes too late for the table then. */
const PAST_TOLD = { other: 'baselines not_answered: all once' };

/** What is not the totals: asked again while that may help, then a gap. */
function decoration(target: Target, missing: Ending, more: Partial<Expectation> = {}): Expectation {
  return {
    target,
    once: [
      [FINAL, missing],
      ['*', SOUND],
    ],
    lasting: [
      ['slow', SOUND],
      ['*', missing],
    ],
    ...more,
  };
}

const HELD_UP =
  'What hangs here ends a quarter of the run before the deadline; until then the filter waits, and there is no time left for its details and baselines.';

export const SENTRY: Chapter = {
  vendor: 'Sentry',
  classes: [
    ['final', 'not asked again', FINAL.replace(' 403,', '').replace(`, ${SHAPES}`, '')],
    ['strange', 'JSON of another shape; not asked again', SHAPES.replace('array, ', '')],
    ['passing', 'asked again', `${PASSING}, 429, 429 after 7, 503 after 7, rate 7, concurrency`],
    ['late', '40 s for an answer, then asked again', LATE],
  ],
  tries: [
    [PASSING, '0, 1.1', '0, 1.1, 3.4, 7.9'],
    ['429', '0, 5.6', '0, 5.6, 16.9, 39.4, 84.4'],
    ['429 after 7', '0, 7', '0, 7, 14, 21, 28'],
    ['503 after 7', '0, 7', '0, 7, 14, 21'],
    ['rate 7', '0, 8', '0, 8, 16, 24, 32'],
    ['concurrency', '0, 1.5', '0, 1.5, 3, 4.5, 6'],
    [LATE, '0, 41.1', '0, 41.1, 83.4'],
    ['*', '0', '0'],
  ],
  targets: [
    {
      target: KIND,
      once: [
        ['rate 600', TOLD_TO_WAIT],
        ['*', SOUND],
      ],
      lasting: [
        ['rate 600', TOLD_TO_WAIT],
        ['*', SOUND],
      ],
      // It has 10 s in all.
      tries: [
        ['429', '0, 5.6', '0, 5.6'],
        ['429 after 7, 503 after 7', '0, 7', '0, 7'],
        ['rate 7', '0, 8', '0, 8'],
        [LATE, '0', '0'],
      ],
      note: 'When it cannot be asked, there is a table: whoever reads it meets the same trouble. Told to wait beyond the run, nothing more is asked of the table.',
    },
    {
      target: PROJECT_LIST,
      once: [
        ['rate 600', TOLD_TO_WAIT],
        [FINAL.replace(' rate 600,', ''), NONE_READ],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['rate 600', TOLD_TO_WAIT],
        [LATE, NONE_IN_TIME],
        ['*', NONE_READ],
      ],
      note: 'A list without any project is no list: the token sees nothing, or something else answered.',
    },
    {
      target: OLD_PROJECT_LIST,
      once: [['*', SOUND]],
      lasting: [['*', SOUND]],
      // It has 15 s in all.
      tries: [
        ['429', '0, 5.6', '0, 5.6'],
        ['429 after 7, 503 after 7', '0, 7', '0, 7, 14'],
        ['rate 7', '0, 8', '0, 8'],
        [LATE, '0', '0'],
      ],
      note: 'The older one serves after 15 s at the most.',
    },
    {
      target: TOTALS,
      // A 403 may be about one project of several: it is looked into, and asked once more.
      once: [
        ['403', SOUND],
        ['rate 600', { ...NOT_READ, ...PAST_TOLD, again: '502, as before' }],
        [FINAL.replace(' 403,', '').replace(' rate 600,', ''), NOT_READ],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['rate 600', { ...NOT_READ, ...PAST_TOLD, again: '502, as before' }],
        [LATE, NOT_IN_TIME],
        ['*', NOT_READ],
      ],
      tries: [['403', '3 × 0', '2 × 0']],
      note: 'Without its totals a filter is not reported: no zeros stand in for what is not known.',
    },
    decoration(ISSUES, NO_ISSUES, {
      once: [
        ['rate 600', { ...NO_ISSUES, ...PAST_TOLD }],
        [FINAL.replace(' rate 600,', ''), NO_ISSUES],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['rate 600', { ...NO_ISSUES, ...PAST_TOLD }],
        ['*', NO_ISSUES],
      ],
      note: 'How many issues there are is not known, so no number goes out.',
    }),
    decoration(NEXT_PAGE, gap('issues not_answered', ONE_PAGE), {
      once: [
        ['rate 600', { ...gap('issues not_answered, baselines not_answered', ONE_PAGE), ...PAST_TOLD }],
        [FINAL.replace(' rate 600,', ''), gap('issues not_answered', ONE_PAGE)],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['rate 600', { ...gap('issues not_answered, baselines not_answered', ONE_PAGE), ...PAST_TOLD }],
        [LATE, gap('issues not_answered, details not_answered, baselines not_answered', ONE_PAGE)],
        ['*', gap('issues not_answered', ONE_PAGE)],
      ],
      note: HELD_UP,
    }),
    decoration(SPLITS, gap('splits not_answered', 'no tag records'), {
      once: [
        ['rate 600', { ...gap('splits not_answered, baselines not_answered', 'no tag records'), ...PAST_TOLD }],
        [FINAL.replace(' rate 600,', ''), gap('splits not_answered', 'no tag records')],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['rate 600', { ...gap('splits not_answered, baselines not_answered', 'no tag records'), ...PAST_TOLD }],
        [LATE, gap('splits not_answered, details not_answered, baselines not_answered', 'no tag records')],
        ['*', gap('splits not_answered', 'no tag records')],
      ],
      note: HELD_UP,
    }),
    decoration(DETAILS, NO_DETAILS, {
      once: [
        ['array', UNKNOWN_DETAILS],
        [FINAL.replace(' array,', ''), NO_DETAILS],
        ['*', SOUND],
      ],
      lasting: [
        ['slow', SOUND],
        ['array', UNKNOWN_DETAILS],
        ['*', NO_DETAILS],
      ],
    }),
    decoration(HOUR_BEFORE, NO_BASELINE, {
      note: 'What hangs here ends a quarter of the run before the deadline; until then the filter waits.',
    }),
    decoration(DAY_BEFORE, NO_BASELINE),
    decoration(WEEK_BEFORE, NO_BASELINE),
    decoration(REST_OF_PAST, NO_BASELINE),
    {
      target: FRESHNESS,
      once: [
        [FINAL, UNKNOWN_SILENCE],
        ['*', SILENT],
      ],
      lasting: [
        ['slow', SILENT],
        ['*', UNKNOWN_SILENCE],
      ],
      note: 'Sentry did fall silent. When that cannot be asked, the zeros are no all-clear either.',
    },
  ],
};
