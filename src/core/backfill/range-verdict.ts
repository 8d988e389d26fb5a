import type { Filled, Missing, Rest, TooOld } from '../model/aftermath.ts';
import type { Verdict } from '../model/verdict.ts';

export interface RangeWork {
  readonly windows: readonly Filled[];
  readonly rest: Rest;
  readonly held: readonly Missing[];
  readonly tooOld: readonly TooOld[];
}

/** What a span of windows came to, as `judge` says it of one. What was delivered before is good. */
export function judgeRange({ windows, rest, held, tooOld }: RangeWork): Verdict {
  const verdicts = windows.map(({ verdict }) => verdict);
  const isWhole = tooOld.length + rest.missing.length === 0 && verdicts.every(({ outcome }) => outcome === 'ok');
  const sent = sentOf(verdicts, isWhole && held.length === 0);
  if (isWhole) {
    const inHand = held.length > 0 || verdicts.some(({ http }) => http === 202);
    return inHand
      ? { http: 202, status: 'in hand', sent, outcome: 'ok' }
      : { http: 200, status: 'ok', sent, outcome: 'ok' };
  }
  const status = verdicts.some((it) => it.status !== 'failed') ? 'partial' : 'failed';
  return { http: badStatus(verdicts, rest, sent, tooOld.length), status, sent, outcome: status };
}

function badStatus(
  verdicts: readonly Verdict[],
  { stopped }: Rest,
  sent: Verdict['sent'],
  late: number,
): Verdict['http'] {
  if (stopped === 'deadline') return 504;
  const nothingRead = late === 0 && verdicts.every(({ http }) => http === 503);
  return nothingRead && sent === 'none' ? 503 : 502;
}

function sentOf(verdicts: readonly Verdict[], isWhole: boolean): Verdict['sent'] {
  if (isWhole && verdicts.every(({ sent }) => sent === 'all')) return 'all';
  if (verdicts.some(({ sent }) => sent === 'all' || sent === 'some')) return 'some';
  return verdicts.some(({ sent }) => sent === 'unknown') ? 'unknown' : 'none';
}
