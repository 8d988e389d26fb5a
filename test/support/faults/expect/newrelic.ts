import { RUN_EVENT, NR_EVENTS, NR_METRICS } from '../targets.ts';
import type { Chapter, Ending, Expectation, Target } from '../types.ts';

/** A repeat does no harm, so all that may pass is sent again, also what may have been stored. */
const NOT_TAKEN = '408, 425, 500, 502, 503, 504, gateway, gateway json, cut';
const TAKEN = 'cut body, lost, 500 stored, 502 stored, 503 stored, 504 stored, gateway stored';
/** Of those: nobody knows whether they were stored. */
const UNKNOWN = '502, 504, gateway, gateway json, cut, hang';
const UNKNOWN_TAKEN = 'cut body, lost, 502 stored, 504 stored, gateway stored';
/** A 2xx that New Relic does not document. */
const STRANGE = 'html, empty, broken-json, array, object, null, data-null, number';
const STRANGE_TAKEN = 'html stored, empty stored, broken-json stored';
const FINAL = '400, 401, 403, 404, redirect';

const SOUND: Ending = {
  answer: '200 ok all',
  missing: '-',
  receipts: 'sent',
  stored: 'all once',
  other: 'whole',
  again: '-',
};

interface Numbers {
  /** Of this endpoint, and of the other. */
  readonly own: number;
  readonly others: number;
  readonly name: string;
  /** What else is lost when the endpoint is away for good, and stored more often. */
  readonly lost: string;
  /** Times it is stored by four tries, and by as many as fit into the run event's 30 s. */
  readonly often: (times: number) => string;
  readonly limits: string;
  /** Asks for a longer wait than the run has. */
  readonly far: string;
}

function endpoint(target: Target, { own, others, name, lost, often, limits, far }: Numbers): Expectation {
  const bad = (receipts: string, stored: string, again: string): Ending => ({
    ...SOUND,
    answer: '502 partial some',
    receipts: receipts.replace('accepted', `${others} accepted`).replace('all', String(own)),
    stored,
    again,
  });
  const again = '200, all once';
  const failed = (stored: string): Ending => bad('failed: accepted, all failed', stored, again);
  const uncertain = (stored: string, then: string): Ending => bad('failed: accepted, all uncertain', stored, then);
  const twice: Ending = { ...SOUND, stored: `${name} 2 times`, again: '200, as before' };
  return {
    target,
    once: [
      [`${FINAL}${far}`, failed(`no ${name}`)],
      [STRANGE, uncertain(`no ${name}`, again)],
      [STRANGE_TAKEN, uncertain('all once', `200, ${name} 2 times`)],
      [`${TAKEN}, too slow`, twice],
      ['*', SOUND],
    ],
    lasting: [
      ['slow', SOUND],
      [`${FINAL}${far}, 408, 425, 500, 503, 429 after 7, 503 after 7, ${limits}`, failed(`no ${name}${lost}`)],
      ['413', bad('sent: accepted, all refused', `no ${name}${lost}`, '502, as before')],
      [`${UNKNOWN}, ${STRANGE}`, uncertain(`no ${name}${lost}`, again)],
      [STRANGE_TAKEN, uncertain('all once', `200, ${name} 2 times`)],
      [UNKNOWN_TAKEN, uncertain(`${name} 4 times${often(4)}`, `200, ${name} 5 times`)],
      ['too slow', uncertain(`${name} 4 times${often(2)}`, `200, ${name} 5 times`)],
      [
        '500 stored, 503 stored',
        bad('failed: accepted, all failed', `${name} 4 times${often(4)}`, `200, ${name} 5 times`),
      ],
    ],
  };
}

const beat = (stored: string): Ending => ({ ...SOUND, stored: `all once, ${stored}`, again: '200, all once' });

export const NEW_RELIC: Chapter = {
  vendor: 'New Relic',
  classes: [
    ['final', 'not sent again', FINAL],
    ['strange', 'a yes that New Relic does not document; not sent again in this run', STRANGE],
    ['strange, stored', 'the same, but the records were stored', STRANGE_TAKEN],
    [
      'passing',
      'certainly not stored; sent again',
      '408, 425, 500, 503, 429, 429 after 7, 503 after 7, rate, rate 7, concurrency',
    ],
    [
      'unclear',
      'nobody knows whether it was stored, and it was not; sent again',
      '502, 504, gateway, gateway json, cut',
    ],
    ['unclear, stored', 'nobody knows whether it was stored, and it was; sent again', UNKNOWN_TAKEN],
    ['wrong no', 'taken for "not stored", but it was; sent again', '500 stored, 503 stored'],
  ],
  tries: [
    [`${NOT_TAKEN}, ${TAKEN}`, '0, 1.1', '0, 1.1, 3.4, 7.9'],
    ['429, rate, concurrency', '0, 5.6', '0, 5.6, 16.9, 39.4, 84.4'],
    ['429 after 7, rate 7', '0, 7', '0, 7, 14, 21, 28'],
    ['503 after 7', '0, 7', '0, 7, 14, 21'],
    ['too slow, hang', '0, 21.1', '0, 21.1, 43.4, 67.9'],
    ['*', '0', '0'],
  ],
  targets: [
    {
      ...endpoint(NR_EVENTS, {
        own: 9,
        others: 6,
        name: 'events',
        lost: ', no run event',
        often: (times) => `, run event ${times} times`,
        limits: '429, rate, concurrency',
        far: '',
      }),
      // In halves, down to single events.
      tries: [['413', '3 × 0', '17 × 0']],
    },
    {
      ...endpoint(NR_METRICS, {
        own: 6,
        others: 9,
        name: 'metrics',
        lost: '',
        often: () => '',
        limits: '429, rate 7, concurrency',
        far: ', rate 600',
      }),
      tries: [['413', '3 × 0', '11 × 0']],
    },
    {
      target: RUN_EVENT,
      once: [
        [`${FINAL}, 413, ${STRANGE}`, beat('no run event')],
        [`${TAKEN}, too slow`, beat('run event 2 times')],
        ['*', SOUND],
      ],
      lasting: [
        [`slow, ${STRANGE_TAKEN}`, SOUND],
        [TAKEN, beat('run event 4 times')],
        ['too slow', beat('run event 2 times')],
        ['*', beat('no run event')],
      ],
      tries: [
        ['429, rate, concurrency', '0, 5.6', '0, 5.6, 16.9'],
        ['too slow, hang', '0, 21.1', '0, 21.1'],
      ],
      note: 'It follows the answer, so the answer cannot tell of it: an alert on missing run events does.',
    },
  ],
};
