import type { Message } from '../../../src/core/model/alerting/message.ts';
import { type BarInput, chartOf, digestMessage, filterOf, issueOf } from './digests.ts';

/** A night with something in it: a rise after midnight, an hour that nobody counted, half an hour that was cut off. */
export function nightMessage(): Message {
  const { before, windows } = filterOf();
  const filters = [
    filterOf({
      events: 4683,
      before: { ...before, events: 3870 },
      windows: {
        ...windows,
        ...{ counted: 276, withEvents: 240, notCounted: 12, incomplete: 6 },
        gaps: [
          { start: '2026-11-19T13:00:00.000Z', end: '2026-11-19T13:30:00.000Z', what: 'incomplete' },
          { start: '2026-11-19T18:00:00.000Z', end: '2026-11-19T19:00:00.000Z', what: 'not counted' },
        ],
      },
      biggest: [
        issueOf({ title: 'PaymentDeclined: the acquirer answered 503', events: 1684, state: 'surging' }),
        issueOf({ id: '2', title: 'TypeError: x is undefined', events: 512 }),
      ],
      new: {
        count: 2,
        first: [
          issueOf({ id: '3', title: 'PaymentDeclined: the acquirer answered 503', events: 1684, state: 'new' }),
          issueOf({ id: '4', title: "KeyError: 'user_id'", level: 'warning', events: 3, state: 'new' }),
        ],
      },
      rules: [
        { rule: 'events > 100', severity: 'warning', began: 1, ended: 1, told: 0 },
        { rule: 'new', severity: 'info', began: 0, ended: 0, told: 2 },
      ],
      held: { quiet: 1 },
    }),
    filterOf({
      filter: 'crm-mail',
      events: 40,
      issues: 2,
      before: { ...before, events: 80 },
      biggest: [],
      regressed: { count: 1, first: [issueOf({ id: '5', title: 'SMTPServerDisconnected: closed', events: 12 })] },
    }),
    filterOf({ filter: 'crm-api', events: 0, issues: 0, before: { ...before, events: 0 }, biggest: [] }),
  ];
  const lines = ['crm-morning: at least 4,723 events, 2 new, 1 regressed, up to Fri 2026-11-20 09:00'];
  return digestMessage({ lines }, { filters, chart: chartOf(BARS, { barMs: 600_000 }) });
}

/** By ten minutes from 09:00 on. */
const BARS: readonly BarInput[] = Array.from({ length: 144 }, (_, n): BarInput => {
  if (n >= 60 && n < 66) return null;
  const usual = n % 17 === 0 ? 0 : Math.round(24 + 18 * Math.sin((n - 8) / 20)) + ((n * 7) % 5);
  const rise = n >= 98 && n < 108 ? [60, 140, 190, 210, 205, 190, 160, 120, 80, 40][n - 98]! : 0;
  return n >= 30 && n < 33 ? `${usual}+` : usual + rise;
});
