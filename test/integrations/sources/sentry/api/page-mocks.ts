import type { Gap } from '../../../../../src/core/model/gap.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { details, issueRows, link } from '../../../../support/sentry/sentry.ts';

export type Row = readonly [number | null, number, number, number];

export function page(all: readonly Row[], next?: string, results = true): Reply {
  return { ...issueRows(...all), headers: next === undefined ? {} : link(next, results) };
}

/** Details are of no interest here: a page without any. */
export function noDetails(ids: readonly number[]): void {
  for (let from = 0; from < ids.length; from += 100)
    details(ids.slice(from, from + 100).map(String), ['11'], { body: [] });
}

export function counted(gaps: readonly Gap[]): unknown {
  return gaps.filter(({ part }) => part !== 'details').map(({ part, reason, detail }) => [part, reason, detail]);
}
