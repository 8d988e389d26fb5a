import { commaList, inWords, oneOf, wholeNumber } from '../../config/formats.ts';
import { ON_ERROR, type OnError } from '../../core/ports/ledger.ts';
import { ages } from './recount-stages.ts';

/** Claims are kept for two days at least: of a window that is older nobody may know that it was delivered. */
const MOST_HOURS = 47;

export interface Settings {
  /** The address, and the password in it: both are secrets. */
  readonly url: readonly string[];
  readonly leaseSeconds: number;
  readonly retentionDays: number;
  readonly messageDays: number;
  readonly eventDays: number;
  /** Undefined: as much as there is room for. */
  readonly eventMaxGb: number | undefined;
  readonly catchUpHours: number;
  readonly onError: OnError;
  /** Ages of windows, rising: `10m`. */
  readonly recount: readonly string[];
  /** Undefined: those in which a correction does no harm. */
  readonly recountSinks: readonly string[] | undefined;
}

export const SETTINGS = {
  url: {
    doc: 'Address of the ledger: sqlite:<file>, or postgres://user:password@host/database',
    format: inWords('sqlite:<file> or postgres://user:password@host:5432/database', ledgerUrl),
    default: null,
    sensitive: true,
    env: 'LEDGER_URL',
  },
  leaseSeconds: {
    doc: 'How long another server leaves alone what a dead one had in hand, seconds',
    format: wholeNumber(1, 3600),
    default: 30,
    env: 'LEASE_SECONDS',
  },
  retentionDays: {
    doc: 'How long totals, receipts and runs are kept, days',
    format: wholeNumber(2, 3650),
    default: 30,
    env: 'RETENTION_DAYS',
  },
  messageDays: {
    doc: 'How long messages for people are kept with what became of them, and alerts that ended, days',
    format: wholeNumber(2, 3650),
    default: 15,
    env: 'MESSAGE_DAYS',
  },
  eventDays: {
    doc: 'How long events of intakes are kept, days; their counts are kept for 90',
    format: wholeNumber(8, 365),
    default: 14,
    env: 'EVENT_DAYS',
  },
  eventMaxGb: {
    doc:
      'How much events of intakes may take in the ledger, GB; at it intakes pause; ' +
      'default as much as there is room for',
    format: inWords('a number of gigabytes, such as 20 or 0.5', (text, show) => {
      if (/^(?:\d{1,6}|\d{0,6}\.\d{1,6})$/.test(text) && Number(text) > 0) return Number(text);
      throw new Error(`${show(text)} is no number of gigabytes; write one such as 20 or 0.5`);
    }),
    default: null,
    optional: true,
    env: 'EVENT_MAX_GB',
  },
  catchUpHours: {
    doc: 'How far back a run looks for windows that were not delivered, hours; 0 = not at all',
    format: wholeNumber(0, MOST_HOURS),
    default: 23,
    env: 'CATCH_UP_HOURS',
  },
  onError: {
    doc:
      'While the ledger cannot be reached: ' +
      'safe (serve sinks where a repeat does no harm), send (serve all), stop (503)',
    format: oneOf(...ON_ERROR),
    default: 'safe',
    env: 'LEDGER_ON_ERROR',
  },
  recount: {
    doc:
      'When closed windows are counted again, after their end and the settle time, ' +
      'in the first run whose window ends so long after theirs; rising, at most 24h; or off',
    format: inWords('ages such as 10m or 6h with commas between them, or off', ages),
    default: ['10m', '1h', '6h', '23h'],
    env: 'RECOUNT',
  },
  recountSinks: {
    doc:
      'Sinks that are told a higher count, with commas between them; ' +
      "default those in which it does no harm: New Relic's",
    format: commaList(),
    default: null,
    optional: true,
    env: 'RECOUNT_SINKS',
  },
} as const;

/** NOTE: the text is never shown: it holds a password. */
function ledgerUrl(text: string): readonly string[] {
  if (/^sqlite:[^?]+$/.test(text)) return [text];
  const url = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '')
    throw new Error(
      'is no address of a ledger; write sqlite:<file>, or ' +
        'postgres://user:password@host:5432/database (signs in a password URL-encoded)',
    );
  return url.password === '' ? [text] : [text, decodeURIComponent(url.password)];
}
