import * as z from 'zod/mini';
import { DAY_MS } from '../../core/model/window.ts';
import { either, labels, map, text } from '../filters/kinds.ts';
import { type Filled, type Key, optional, shapeOf } from '../filters/shape.ts';
import { isMap } from '../filters/sheet.ts';
import { readBy, reads } from '../filters/texts.ts';
import { words } from '../rules/editors.ts';
import { OWN, SHARED } from '../rules/options.ts';
import { noTwins } from '../rules/twins.ts';
import { EXAMPLES, PATTERN, readWatchSentence } from './sentence.ts';
import { readTime } from './spans.ts';

const MOST_RULES = 20;
const EXAMPLE = '{ when: value > 100, tell: crm }';
/** From and to, ms. */
export const EVERY = { min: 60_000, max: 7 * DAY_MS };

const { tell, repeat, resolved, quiet, severity, hold, clear } = SHARED;
const OPTIONS = {
  tell,
  repeat,
  resolved,
  quiet,
  severity,
  hold: { ...hold, doc: 'so many answers in a row before it begins; else 1' },
  clear: { ...clear, doc: 'so many answers in a row without, before it ends; else 1' },
} satisfies Record<string, Key>;

const SENTENCE = text(
  readBy(readWatchSentence),
  words(`a sentence such as ${EXAMPLES.join('; ')}`, PATTERN, [...EXAMPLES]),
);
const OF_ALERT = { when: { doc: 'the sentence', schema: SENTENCE }, name: OWN.name, ...OPTIONS } satisfies Record<
  string,
  Key
>;

const WITH_OPTIONS = map(
  shapeOf(OF_ALERT, optional),
  'is not an option of an alert of a watch',
  `an alert must be a sentence, or a map such as ${EXAMPLE}`,
).check(
  z.meta({ required: ['when'] }),
  reads(({ when }) => (when === undefined ? `when is missing; write the sentence, such as ${EXAMPLE}` : undefined)),
);

/** An alert of a watch as the file has it. */
export type WatchEntry = string | z.output<typeof WITH_OPTIONS>;

/** What it is known by: its name, else its sentence in normal form. */
export function identityOf(entry: WatchEntry): string | undefined {
  const { when, name } = typeof entry === 'string' ? { when: entry } : entry;
  if (name !== undefined) return name;
  const read = readWatchSentence(when ?? '');
  return 'normal' in read ? read.normal : undefined;
}

const ALERTS = z
  .array(
    either(
      (given) => (isMap(given) ? WITH_OPTIONS : SENTENCE),
      [SENTENCE, WITH_OPTIONS],
      'a sentence, or a map with `when` and options',
    ),
    { error: `must be a list of sentences; write [${EXAMPLES[0]}]` },
  )
  .check(
    z.maxLength(MOST_RULES, { error: `has more than ${MOST_RULES} entries; make two watches of it` }),
    noTwins(identityOf),
  );

/** What every watch may say, whatever it looks at. */
export const WATCHED = {
  every: {
    doc: 'how often it is looked at, once over all servers; else 5m',
    schema: text(
      readBy((written) => readTime(written, EVERY)),
      words('a time such as 30m', '^([0-9]+d)?([0-9]+h)?([0-9]+m)?$', ['5m', '30m', '1d']),
    ),
  },
  labels: { doc: 'free; sent along with its value', schema: labels() },
  alerts: { doc: 'when people are told, a sentence each; or a map of one and its options', schema: ALERTS },
  ...OPTIONS,
} satisfies Record<string, Key>;

/** As it is written. */
export type WrittenWatch = Filled<typeof WATCHED>;
