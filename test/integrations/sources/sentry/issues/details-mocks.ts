import assert from 'node:assert/strict';
import type { Answer, Reading } from '../../../../../src/core/model/reading.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { askOf, issue, issueRows, rows, totalRows, totals } from '../../../../support/sentry/sentry.ts';

export const a = { query: 'message:"a"' };
export const b = { query: 'message:"b"' };
export const ASKS = [askOf({ name: 'a', searchTerms: ['a'] }), askOf({ name: 'b', searchTerms: ['b'] })];

export function serve(asked: { query?: string; projects?: string[] }, ids: readonly number[]): void {
  totals(asked, totalRows([11, ids.length, 1]));
  rows(asked, issueRows(...ids.map((id) => [id, 11, 1, 1] as const)));
}

export function ids(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

export function readings(answers: readonly Answer[]): readonly Reading[] {
  return answers.map((answer) => {
    assert.ok('reading' in answer);
    return answer.reading;
  });
}

/** Answers for exactly the issues that were asked for. */
export const known: Reply = ({ query }) => ({
  body: query.filter(([name]) => name === 'group').map(([, id]) => issue(id)),
});
