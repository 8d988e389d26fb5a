import { SEVERITIES } from '../../core/model/alerting/rule.ts';
import { DAY_MS, PERIOD_MS } from '../../core/model/window.ts';
import { number, oneOrList, text, yesOrNo } from '../filters/kinds.ts';
import { atMost, fits, notBlank, oneOf, readBy, reads } from '../filters/texts.ts';
import type { Key } from '../filters/shape.ts';
import { CASES } from './cases.ts';
import { AFTER } from './maps/after.ts';
import { ESCALATE } from './maps/escalate.ts';
import { EXCEPT } from './maps/except.ts';
import { QUIET_LOOKS, readQuiet } from './quiet.ts';
import { readSpan } from './spans.ts';
import { words } from './editors.ts';

const MOST = 1e9;
/** A day. */
const MOST_WINDOWS = 288;

const REPEATS = { min: PERIOD_MS, max: 30 * DAY_MS, step: PERIOD_MS, why: 'nobody remembers what it was about' };

/** Ms; null: never. Of a text that was read before. */
export function repeatOf(written: string): number | null {
  const read = readSpan(written, REPEATS);
  return 'ms' in read ? read.ms : null;
}

function repeatFault(written: string): string | undefined {
  const read = readSpan(written, REPEATS);
  return written === 'never' || 'ms' in read ? undefined : `${read.fault}, or never`;
}

function windows(meaning: string) {
  return number(
    { min: 1, max: MOST_WINDOWS, whole: true },
    `must be ${meaning}, from 1 to ${MOST_WINDOWS}; write digits only, without quotes`,
  );
}

/** What a filter says for all of its alerts, and an alert for itself. */
export const SHARED = {
  tell: {
    doc: 'channels that are told: one, or a list; [] for nobody, where only `alerts newrelic` is made of them',
    schema: oneOrList(text(notBlank(), atMost(100)), 0),
  },
  repeat: {
    doc: 'told again after so long while it lasts; of `any` and `title has` the shortest time between two; or `never`',
    schema: text(reads(repeatFault), words('a time such as 4h, or never', '^(never|[0-9]+[mhd])$', ['4h', 'never'])),
  },
  escalate: {
    doc: 'who is told as well when it lasts for so long after it was told, and nobody has said that they are on it',
    schema: ESCALATE,
  },
  hold: { doc: 'so many windows in a row before it begins', schema: windows('a number of windows') },
  clear: { doc: 'so many windows in a row without, before it ends', schema: windows('a number of windows') },
  min: {
    doc: 'only with so many events in the window: of sentences about issues, and of `anomaly`',
    schema: number(
      { min: 1, max: MOST, whole: true },
      'must be a whole number of events, at least 1; write digits only, without quotes',
    ),
  },
  resolved: { doc: 'whether the end is told as well', schema: yesOrNo() },
  quiet: {
    doc: 'hours in which nobody is told; what came then is one summary at their end',
    schema: text(readBy(readQuiet), words(QUIET_LOOKS, '^[0-9:]{1,5}-[0-9:]{1,5} +\\S+$', ['22-07 Europe/Berlin'])),
  },
  severity: { doc: 'how bad it is; critical passes quiet hours', schema: text(...oneOf(SEVERITIES, 'a severity')) },
  except: { doc: 'issues that are left out, by patterns in which `*` is any text', schema: EXCEPT },
} satisfies Record<string, Key>;

const NAME = fits(
  /^[a-z0-9][a-z0-9-]{0,59}$/,
  'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit',
);

/** What only an alert says. */
export const OWN = {
  each: {
    doc: 'of `events` and `users`: counted for each issue, or all of the filter together',
    schema: text(...oneOf(['issue', 'filter'], 'what it is counted for')),
  },
  name: { doc: 'what it is known by, so that another threshold is not another alert', schema: text(...NAME) },
  after: {
    doc: 'of channels of the kind `jira`: a ticket only of an issue with at least so many events',
    schema: AFTER,
  },
  cases: { doc: 'worked cases, which `check` runs: events by window, and all that is told', schema: CASES },
} satisfies Record<string, Key>;
