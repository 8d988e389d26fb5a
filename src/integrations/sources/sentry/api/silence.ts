import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Answer } from '../../../../core/model/reading.ts';
import { HOUR_MS, type Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from './client.ts';
import { numberIn } from './row.ts';
import { readPage } from './rows.ts';

/** With fewer events in the hour before, a pause of five minutes is no wonder: three a minute would leave 15 in it. */
export const LIVELY = 180;

/**
 * Passes answers on; holds back those that count nothing until one counts something. When none does, the source itself
 * may have fallen silent: asked once, and said in every one of them. NOTE: a fault counts nothing, so it is no sign of
 * life: a filter that can never be read would hide every silence from the others.
 */
export async function* checkSilence(
  answers: AsyncIterable<Answer>,
  silence: (window: Window) => Promise<Gap | null>,
): AsyncGenerator<Answer> {
  const held: Extract<Answer, { reading: unknown }>[] = [];
  let isAlive = false;
  for await (const answer of answers) {
    isAlive ||= 'reading' in answer && answer.reading.totals.some(({ events }) => events > 0);
    if ('fault' in answer) yield answer;
    else if (isAlive) yield* [...held.splice(0), answer];
    else held.push(answer);
  }
  const [first] = held;
  if (first === undefined) return;
  const gap = await silence(first.ask.window);
  for (const { ask, reading } of held)
    yield { ask, reading: gap === null ? reading : { ...reading, gaps: [...reading.gaps, gap] } };
}

/**
 * Asks whether the source is silent. NOTE: not of a window that by the source's own clock is not over yet: nothing can
 * be in it, and what is wrong is the clock that named it.
 */
export async function unlessTooEarly(
  window: Window,
  { meter }: Scope,
  now: number,
  ask: () => Promise<Gap | null>,
): Promise<Gap | null> {
  if (!meter.isBefore(window.end, now)) return ask();
  return unasked("by its own clock the window is not over yet; set this server's clock right, or the one that gave at");
}

/**
 * A gap when all projects together have no event in the window, and enough in the hour before. One request: over both
 * stretches, the last event's time tells them apart.
 */
export async function findSilence(client: Client, window: Window, scope: Scope): Promise<Gap | null> {
  const selection = {
    query: '',
    projectIds: ['-1'],
    environments: [],
    window: { start: window.start - HOUR_MS, end: window.end },
  };
  try {
    const {
      rows: [row],
    } = await readPage(client, { columns: { fields: ['count()', 'last_seen()'], sort: [] }, selection }, scope);
    const events = row === undefined ? 0 : numberIn(row, 'count()');
    const last = Date.parse(String(row?.['last_seen()']));
    if (events < LIVELY || Number.isNaN(last) || last >= window.start) return null;
    return silent(client.org, `${events}`);
  } catch (error) {
    return unasked(faultOf(error).message);
  }
}

/** `before`: how many events there were in the hour before. */
export function silent(org: string, before: string): Gap {
  return {
    part: 'totals',
    reason: 'source_silent',
    detail:
      `no project of ${org} has an event in the window, ${before} in the hour before: ` +
      'Sentry takes in nothing, or nothing is sent to it',
  };
}

/** Zeros of which nobody knows whether they are an all-clear. */
export function unasked(why: string): Gap {
  return {
    part: 'totals',
    reason: 'not_answered',
    detail: `whether the source fell silent could not be asked: ${why}`,
  };
}
