import type { WindowFacts } from '../../model/alerting/facts.ts';
import { isComplete } from '../../model/make-report.ts';
import type { Kind } from './kind.ts';
import { filterSubject, not } from './parts/subjects.ts';
import { lengthText, spanText } from './parts/words.ts';

/** A window that was not counted, or not wholly. So many in a row make it begin, a complete one ends it. */
export const incomplete: Kind<'incomplete'> = {
  judge:
    ({ condition: { spanMs } }, { facts, window }) =>
    (id) => {
      const subject = filterSubject(id);
      if (facts?.complete === true) return not(subject, `${spanText(window)} is complete`);
      const numbers = { value: null, limit: null, expected: null, atLeast: false };
      const why = `no complete window for ${lengthText(spanMs)} up to ${spanText(window).slice(-9)}`;
      return { subject, holds: true, ...numbers, why: `${why}; ${missing(facts)}` };
    },
  endsWhen: () => 'a complete window',
};

function missing(facts: WindowFacts | null): string {
  if (facts === null) return 'the last one was not counted';
  return `the last one lacks ${facts.lacks.filter((part) => !isComplete([{ part }])).join(', ')}`;
}
