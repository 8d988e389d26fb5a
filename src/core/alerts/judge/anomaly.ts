import { BASELINES, baselineSpan } from '../../model/reading.ts';
import { expectedFrom, isSurge, rounded, scoreOf, SURGE_SCORE, type Past as Stretch } from '../../model/trends.ts';
import { PERIOD_MS, type Window } from '../../model/window.ts';
import type { Judgement, Kind, Moment, RuleOf } from './kind.ts';
import { filterSubject, hasAll, isEnough, not, unknown } from './parts/subjects.ts';
import { countText, numberText, rowText, spanText } from './parts/words.ts';

/** The total surges against its own past: the hour before, and around the same time one and seven days ago. */
export const anomaly: Kind<'anomaly'> = {
  needs: (_rule, window) => ({ totals: pastOf(window), sums: [] }),
  judge: (rule, moment) => (id) => {
    const subject = filterSubject(id);
    const { facts } = moment;
    if (facts === null) return unknown(subject, 'the window was not counted');
    const stretches = pastOf(moment.window).flatMap((span) => counted(span, moment));
    if (stretches.length === 0) return unknown(subject, 'of its past too little was counted');
    return judge(rule, moment, facts.events, expectedFrom(stretches, null));
  },
  endsWhen: ({ clear }) => `${rowText(clear)} without a surge`,
};

function judge(rule: RuleOf<'anomaly'>, moment: Moment, value: number, expected: number): Judgement {
  const subject = filterSubject(moment.filter);
  const isKnown = hasAll(moment, 'totals');
  const numbers = { value, limit: SURGE_SCORE, expected: rounded(expected), atLeast: !isKnown };
  const score = scoreOf(value, expected);
  const scores = `(score ${numberText(score)}, limit ${SURGE_SCORE})`;
  const count = countText(value, 'event', !isKnown);
  const why = `${count} in ${spanText(moment.window)} where ${numberText(expected)} were expected ${scores}`;
  if (isSurge(value, expected) && isEnough(rule, value)) return { subject, holds: true, ...numbers, why };
  if (!isKnown) return { ...unknown(subject, `${why}; not all of it was counted`), ...numbers };
  return not(subject, why, numbers);
}

function pastOf(window: Window): readonly Window[] {
  return BASELINES.map((name) => baselineSpan(name, window));
}

/** Of a stretch what was counted wholly, when that is half of it at least. */
function counted(span: Window, { past }: Moment): readonly Stretch[] {
  const whole = past.totals(span).filter(({ lacks }) => !lacks.includes('totals'));
  if (whole.length * 2 < (span.end - span.start) / PERIOD_MS) return [];
  const events = whole.reduce((sum, total) => sum + total.events, 0);
  return [{ span: { start: span.start, end: span.start + whole.length * PERIOD_MS }, events }];
}
