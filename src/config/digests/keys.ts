import * as z from 'zod/mini';
import { DIGEST_CHARTS } from '../../core/model/alerting/digest.ts';
import { list, map, oneOrList, text, yesOrNo } from '../filters/kinds.ts';
import { type Key, optional, shapeOf } from '../filters/shape.ts';
import { atMost, fits, notBlank, oneOf, readBy } from '../filters/texts.ts';
import { words } from '../rules/editors.ts';
import { AT_EXAMPLES, AT_LOOKS, AT_PATTERN, readAt } from './at.ts';

const MOST_DIGESTS = 200;
const EXAMPLE = '{ name: crm-morning, at: Mon-Fri 09:00 Europe/Berlin, tell: boss }';

const NAME = fits(
  /^[a-z0-9][a-z0-9-]{0,59}$/,
  'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit',
);

/** All that an entry under `digests` may have. */
export const DIGEST_KEYS = {
  name: { doc: 'unique; required', schema: text(...NAME) },
  at: {
    doc: 'when: days with a time of the day and a zone; a part of an hour or a day; or cron and a zone; required',
    schema: text(readBy(readAt), words(AT_LOOKS, AT_PATTERN, AT_EXAMPLES)),
  },
  filters: {
    doc: 'of these filters, of any file; without: of all filters of its file, or of all files where that has none',
    schema: list(text(notBlank(), atMost(100)), 1),
  },
  tell: {
    doc: 'channels that get it: one, or a list; required, but for a report, which ADMIN_CHANNEL gets',
    schema: oneOrList(text(notBlank(), atMost(100))),
  },
  chart: {
    doc: 'also a chart of the events up to its time',
    schema: text(...oneOf(DIGEST_CHARTS, 'a time that a chart shows')),
  },
  since: {
    doc: 'delivered: of all events that were stored since the last digest that arrived; of filters of intakes alone',
    schema: text(...oneOf(['delivered'], 'what a digest may begin with')),
  },
  skipEmpty: { doc: 'true: not sent when there was no event, and all was counted', schema: yesOrNo() },
  report: { doc: 'true: how it stands with the service itself, instead of what came', schema: yesOrNo() },
} satisfies Record<string, Key>;

const NEEDED = ['name', 'at', 'tell'] as const;
/** What says which events, which the report of the service is not of. */
const OF_EVENTS = ['filters', 'chart', 'since', 'skipEmpty'] as const;

const IS_REPORT = { required: ['report'], properties: { report: { const: true } } };

const DIGEST = map(
  shapeOf(DIGEST_KEYS, optional),
  'is not a key of a digest',
  `a digest must be a map; write ${EXAMPLE}`,
).check(
  z.meta({ required: ['name', 'at'], anyOf: [{ required: ['tell'] }, IS_REPORT] }),
  z.check(({ value, issues }) => {
    const isReport = value.report === true;
    const missing = NEEDED.filter((key) => value[key] === undefined && !(isReport && key === 'tell'));
    const add = (message: string): void => void issues.push({ code: 'custom', input: value, message });
    if (missing.length > 0)
      add(`${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing; write ${EXAMPLE}`);
    const strange = isReport ? OF_EVENTS.filter((key) => value[key] !== undefined) : [];
    if (strange.length > 0)
      add(`report: is of the service itself, and ${strange.join(' and ')} of events; leave one of both out`);
  }),
);

/** A digest as the file has it. */
export type WrittenDigest = z.output<typeof DIGEST>;

export const DIGESTS = z
  .array(DIGEST, { error: `must be a list; write [${EXAMPLE}]` })
  .check(
    z.maxLength(MOST_DIGESTS, { error: `has more than ${MOST_DIGESTS} entries; put filters together in one digest` }),
    z.meta({ description: 'what came since the last time, told at set times' }),
  );
