import { BY_WINDOW_MS, type Rule } from '../../../core/model/alerting/rule.ts';
import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import { quote } from '../../formats.ts';
import { text } from '../../filters/kinds.ts';
import { readBy } from '../../filters/texts.ts';
import { words } from '../editors.ts';
import { readSpan } from '../spans.ts';

const EXAMPLE = '100 in 1d';
/** What editors can say of it. */
export const AFTER_PATTERN = '^ *[1-9][0-9]{0,8} +in +[0-9]+[mhd] *$';
const SPANS = { min: PERIOD_MS, max: 14 * DAY_MS, step: PERIOD_MS, why: 'an alert waits no longer' };

type Read = { readonly after: NonNullable<Rule['after']> } | { readonly fault: string };

/** Never throws. */
export function readAfter(written: string): Read {
  const [, digits = '', span = ''] = /^ *([1-9]\d{0,8}) +in +(\S+) *$/.exec(written) ?? [];
  if (digits === '') return { fault: `${quote(written)} is no number of events in a time; write ${EXAMPLE}` };
  const read = readSpan(span, SPANS);
  if ('fault' in read) return read;
  if (read.ms > BY_WINDOW_MS && read.ms % DAY_MS !== 0)
    return { fault: `${quote(span)} is more than two days, and not whole ones; write 3d` };
  return { after: { count: Number(digits), spanMs: read.ms } };
}

/** From how many events of an issue on there is a ticket of it. */
export const AFTER = text(
  readBy(readAfter),
  words(`a number of events in a time, such as ${EXAMPLE}`, AFTER_PATTERN, [EXAMPLE]),
);

/** Of a text that was read before; undefined: there is none. */
export function afterOf(written: string | undefined): Rule['after'] {
  const read = readAfter(written ?? '');
  return 'after' in read ? read.after : undefined;
}
