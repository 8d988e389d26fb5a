import { type Call, mock, type Reply } from '../../../../support/build/http-mock.ts';
import {
  API,
  details,
  issue,
  issueRows,
  link,
  rows,
  TOKEN,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

export type Span = '1h' | '1d' | '7d';

/** Of the window from 10:00 to 10:05 on Friday, 20 November 2026: literally as they are asked, without a zone. */
export const SPANS: Readonly<Record<Span, readonly [string, string]>> = {
  '1h': ['2026-11-20T09:00:00', '2026-11-20T10:00:00'],
  '1d': ['2026-11-19T09:55:00', '2026-11-19T11:00:00'],
  '7d': ['2026-11-13T09:55:00', '2026-11-13T11:00:00'],
};
export const ALL = { TREND_BASELINES: '1h,1d,7d' };

export function past([start, end]: readonly [string, string], query: string, ...replies: readonly Reply[]): Call[] {
  const pairs = [
    ['dataset', 'errors'],
    ['field', 'issue.id'],
    ['field', 'count()'],
    ['query', query],
    ['start', start],
    ['end', end],
    ['project', '11'],
    ['sort', '-count()'],
    ['sort', 'issue.id'],
    ['per_page', '100'],
  ] as const;
  return mock({ url: `${API}/events/`, query: pairs, headers: { authorization: `Bearer ${TOKEN}` } }, ...replies);
}

/** issue id, events; `more`: this is not the last page. */
export function counts(all: readonly (readonly [number, number])[], more = false): Reply {
  return {
    body: { data: all.map(([id, events]) => ({ 'issue.id': id, 'count()': events })), meta: {} },
    headers: more ? link('0:100:0') : {},
  };
}

/** The window: issues 1, 2 and 3 with 30, 20 and 10 events. */
export function window(query = ''): void {
  totals({ query }, totalRows([11, 60, 6]));
  rows({ query }, issueRows([1, 11, 30, 3], [2, 11, 20, 2], [3, 11, 10, 1]));
}

export function known(): void {
  details(['1', '2', '3'], ['11'], { body: [issue('1'), issue('2'), issue('3')] });
}
