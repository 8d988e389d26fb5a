import { commaList, inWords, oneOf, wholeNumber } from '../../config/formats.ts';
import { type Ledger, ON_ERROR } from '../../core/ports/ledger.ts';
import { type Deps, plugin } from '../../integrations/plugin.ts';
import type { Tables } from './open.ts';
import type { Settings } from './options.ts';
import { ages, stageOf } from './stages.ts';

/** Few enough to cost little, enough for some servers to share. */
const PARTS = 6;
/** Claims are kept for two days at least: of a window that is older nobody may know that it was delivered. */
const MOST_HOURS = 47;
const HOUR_MS = 3_600_000;

/** A ledger in tables: a SQLite file for one server, a PostgreSQL for several. */
export const sql = plugin<Ledger, Settings>({
  settings: {
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
    catchUpHours: {
      doc: 'How far back a run looks for windows that were not delivered, hours; 0 = not at all',
      format: wholeNumber(0, MOST_HOURS),
      default: 23,
      env: 'CATCH_UP_HOURS',
    },
    onError: {
      doc: 'While the ledger cannot be reached: safe (serve sinks where a repeat does no harm), send (serve all), stop (503)',
      format: oneOf(...ON_ERROR),
      default: 'safe',
      env: 'LEDGER_ON_ERROR',
    },
    recount: {
      doc: 'When closed windows are counted again, after their end and the settle time, rising, at most 24h; or off',
      format: inWords('ages such as 10m or 6h with commas between them, or off', ages),
      default: ['10m', '1h', '6h', '23h'],
      env: 'RECOUNT',
    },
    recountSinks: {
      doc: 'Sinks that are told a higher count, with commas between them',
      format: commaList(),
      default: ['newrelic'],
      env: 'RECOUNT_SINKS',
    },
  },
  wantedBy: ['LEDGER_URL'],
  create: createLedger,
});

/** NOTE: the text is never shown: it holds a password. */
function ledgerUrl(text: string): readonly string[] {
  if (/^sqlite:[^?]+$/.test(text)) return [text];
  const url = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '')
    throw new Error(
      'is no address of a ledger; write sqlite:<file>, or postgres://user:password@host:5432/database (signs in a password URL-encoded)',
    );
  return url.password === '' ? [text] : [text, decodeURIComponent(url.password)];
}

/** Nothing is loaded before it is needed, so that a server without a ledger starts as fast as ever. */
function createLedger(settings: Settings, deps: Deps): Ledger {
  let loaded: Promise<Tables> | undefined;
  const load = (): Promise<Tables> =>
    (loaded ??= import('./open.ts').then(({ openTables }) => openTables(settings, deps)));
  return {
    sharing: { leaseMs: settings.leaseSeconds * 1000, parts: PARTS, lingers: true, onError: settings.onError },
    servesBlind: () => false,
    backlog: {
      reachMs: settings.catchUpHours * HOUR_MS,
      memoryMs: settings.retentionDays * 24 * HOUR_MS,
      missing: async (...args) => (await load()).missing(...args),
    },
    claims: {
      claim: async (...args) => (await load()).claims.claim(...args),
      renew: async (...args) => (await load()).claims.renew(...args),
      settle: async (...args) => (await load()).claims.settle(...args),
      open: async (...args) => (await load()).claims.open(...args),
    },
    history: {
      put: async (...args) => (await load()).history.put(...args),
      get: async (...args) => (await load()).history.get(...args),
      series: async (...args) => (await load()).history.series(...args),
      began: async (...args) => (await load()).history.began(...args),
      ended: async (...args) => (await load()).history.ended(...args),
    },
    readModel: {
      runs: async (...args) => (await load()).readModel.runs(...args),
      counts: async (...args) => (await load()).readModel.counts(...args),
      reports: async (...args) => (await load()).readModel.reports(...args),
      receipts: async (...args) => (await load()).readModel.receipts(...args),
    },
    recounts: {
      stages: settings.recount.map(stageOf),
      sinks: settings.recountSinks,
      due: async (...args) => (await load()).recounts.due(...args),
      look: async (...args) => (await load()).recounts.look(...args),
      note: async (...args) => (await load()).recounts.note(...args),
      open: async (...args) => (await load()).recounts.open(...args),
      shares: async (...args) => (await load()).recounts.shares(...args),
    },
    keep: async (...args) => (await load()).keep(...args),
    open: async () => (await load()).open(),
    health: async () => (await load()).health(),
    close: async () => loaded?.then((tables) => tables.close()),
  };
}
