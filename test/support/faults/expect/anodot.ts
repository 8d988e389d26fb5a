import { COUNTER, GAUGE } from '../targets.ts';
import type { Chapter, Ending } from '../types.ts';

/** Certainly not stored; 500 by our decision. Sent again whatever the samples are. */
const NOT_STORED = '408, 425, 500, 503';
/** May have been stored: sent again only as gauges. */
const UNKNOWN = '502, 504, gateway, gateway json, cut';
const UNKNOWN_TAKEN = 'cut body, lost, 502 stored, 504 stored, gateway stored';
/** A 2xx that Anodot does not document. */
const STRANGE = 'html, empty, broken-json, array, object, null, data-null, number';
const STRANGE_TAKEN = 'html stored, empty stored, broken-json stored';
/** `all`: token not active. */
const FINAL = '400, 401, 403, 404, redirect, all';
const LIED = '500 stored, 503 stored';

const SOUND: Ending = {
  answer: '200 ok all',
  missing: '-',
  receipts: 'sent',
  stored: 'all once',
  other: 'whole',
  again: '-',
};
const bad = (receipts: string, stored: string, again: string): Ending => ({
  ...SOUND,
  answer: '502 partial some',
  receipts,
  stored,
  again,
});
const late = (ending: Ending): Ending => ({ ...ending, answer: '504 partial some' });

const FAILED = bad('failed: 6 failed', 'nothing', '200, all once');
const TWICE: Ending = { ...SOUND, stored: 'samples 2 times', again: '200, as before' };
const FOUR_TIMES = (receipts: string): Ending => bad(receipts, 'samples 4 times', '200, samples 5 times');
/** Never sent again: whether they are there, only Anodot can tell. */
const OPEN = bad('failed: 6 uncertain', 'nothing', '502, as before');
const OPEN_TAKEN = bad('failed: 6 uncertain', 'all once', '502, all once');
const UNCERTAIN = bad('failed: 6 uncertain', 'nothing', '200, all once');

/** Refusals come inside a 200, each with the position of its sample. */
const ONE = bad('sent: 5 accepted, 1 refused', '5 of 6 samples', '502, as before');
const HALF = bad('sent: 3 accepted, 3 refused', '3 of 6 samples', '502, as before');
/** A refusal without a position is about all, also when half of them were stored. */
const HALF_UNNAMED = bad('failed: 6 failed', '3 of 6 samples', '200, 3 of 6 samples 2 times');
const HALF_LATER: Ending = { ...SOUND, stored: '3 of 6 samples 2 times', again: '200, as before' };
const HALF_NEVER = bad('failed: 6 failed', '3 of 6 samples 4 times, the others not', '200, 3 of 6 samples 5 times');

const ONCE = [
  [FINAL, FAILED],
  ['one', ONE],
  ['half', HALF],
  ['half unnamed', HALF_UNNAMED],
  ['half unnamed later', HALF_LATER],
] as const;
const LASTING = [
  // Each time fewer are left: of six three, then one.
  ['slow, one later, half later', SOUND],
  ['one', ONE],
  ['half', HALF],
  ['half unnamed', HALF_UNNAMED],
  ['half unnamed later', HALF_NEVER],
  ['413', bad('failed: 6 refused', 'nothing', '502, as before')],
  [`${FINAL}, ${NOT_STORED}, 429, 429 after 7, 503 after 7, rate, rate 429, concurrency, all later`, FAILED],
  [LIED, FOUR_TIMES('failed: 6 failed')],
] as const;

export const ANODOT: Chapter = {
  vendor: 'Anodot',
  classes: [
    ['final', 'not sent again', FINAL],
    ['strange', 'a yes that Anodot does not document; not sent again in this run', STRANGE],
    ['strange, stored', 'the same, but the samples were stored', STRANGE_TAKEN],
    [
      'passing',
      'certainly not stored; sent again',
      `${NOT_STORED}, 429, 429 after 7, 503 after 7, rate, rate 429, concurrency, all later`,
    ],
    ['unclear', 'nobody knows whether it was stored, and it was not', UNKNOWN],
    ['unclear, stored', 'nobody knows whether it was stored, and it was', UNKNOWN_TAKEN],
    ['wrong no', 'taken for "not stored", but it was; sent again', LIED],
  ],
  tries: [
    [`${NOT_STORED}, ${LIED}`, '0, 1.1', '0, 1.1, 3.4, 7.9'],
    ['429, rate 429', '0, 5.6', '0, 5.6, 16.9, 39.4, 84.4'],
    ['429 after 7', '0, 7', '0, 7, 14, 21, 28'],
    ['503 after 7', '0, 7', '0, 7, 14, 21'],
    ['rate, concurrency, all later, half unnamed later', '0, 2', '0, 2, 6, 14'],
    ['one later', '0, 2', '0, 2'],
    ['half later', '0, 2', '0, 2, 6'],
    ['413', '3 × 0', '11 × 0'],
    ['*', '0', '0'],
  ],
  targets: [
    {
      target: COUNTER,
      once: [
        ...ONCE,
        [LIED, TWICE],
        [`${UNKNOWN}, hang, ${STRANGE}`, OPEN],
        [`${UNKNOWN_TAKEN}, too slow, ${STRANGE_TAKEN}`, OPEN_TAKEN],
        ['*', SOUND],
      ],
      lasting: [
        ...LASTING,
        [`${UNKNOWN}, hang, ${STRANGE}`, OPEN],
        [`${UNKNOWN_TAKEN}, too slow, ${STRANGE_TAKEN}`, OPEN_TAKEN],
      ],
      note: 'A 500, and a refusal without positions, are taken for "nothing was stored": where that is not so, the counter shows the samples more than once.',
    },
    {
      target: GAUGE,
      once: [
        ...ONCE,
        [`${LIED}, ${UNKNOWN_TAKEN}, too slow`, TWICE],
        [STRANGE, UNCERTAIN],
        [STRANGE_TAKEN, { ...OPEN_TAKEN, again: '200, samples 2 times' }],
        ['*', SOUND],
      ],
      lasting: [
        ...LASTING,
        [`${UNKNOWN}, ${STRANGE}`, UNCERTAIN],
        [STRANGE_TAKEN, { ...OPEN_TAKEN, again: '200, samples 2 times' }],
        [UNKNOWN_TAKEN, FOUR_TIMES('failed: 6 uncertain')],
        ['too slow', late(FOUR_TIMES('failed: 6 uncertain'))],
        ['hang', late(UNCERTAIN)],
      ],
      tries: [
        [`${UNKNOWN}, ${UNKNOWN_TAKEN}`, '0, 1.1', '0, 1.1, 3.4, 7.9'],
        ['too slow, hang', '0, 31.1', '0, 31.1, 63.4, 97.9'],
      ],
      note: 'A gauge that is stored twice in its five minutes averages to the same.',
    },
  ],
};
