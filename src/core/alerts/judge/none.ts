import type { Kind } from './kind.ts';
import { filterSubject, hasAll, not, unknown } from './parts/subjects.ts';
import { lengthText, spanText } from './parts/words.ts';

/**
 * A window that was counted wholly and has no event, while the source is not silent. So many in a row as the sentence
 * says make it begin; an event ends it.
 */
export const none: Kind<'none'> = {
  judge:
    ({ condition: { spanMs } }, moment) =>
    (id) => {
      const subject = filterSubject(id);
      const { facts, window } = moment;
      const numbers = { value: facts?.events ?? null, limit: 0 };
      if (facts === null) return unknown(subject, 'the window was not counted');
      if (facts.silent) return { ...unknown(subject, 'the source is silent: its zeros are no all-clear'), ...numbers };
      if (!hasAll(moment, 'totals')) return { ...unknown(subject, 'the window was not counted wholly'), ...numbers };
      if (facts.events > 0) return not(subject, `${facts.events} events in ${spanText(window)}`, numbers);
      const why = `no event for ${lengthText(spanMs)} up to ${spanText(window).slice(-9)}, in complete windows only`;
      return { subject, holds: true, ...numbers, expected: null, atLeast: false, why };
    },
  endsWhen: () => 'an event',
};
