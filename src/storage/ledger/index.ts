import type { DigestStore } from '../../core/ports/alerting/digest-store.ts';
import type { Restores } from '../../core/ports/backup/restores.ts';
import type { UpkeepStore } from '../../core/ports/backup/upkeep.ts';
import type { ObjectBook } from '../../core/ports/events/object-book.ts';
import type { ReminderStore } from '../../core/ports/reminders/reminder-store.ts';
import type { TicketStore } from '../../core/ports/tickets/ticket-store.ts';
import { DAY_MS, HOUR_MS } from '../../core/model/window.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import { type Deps, plugin } from '../../integrations/plugin.ts';
import { late } from '../../platform/late.ts';
import { examine } from './examine/index.ts';
import { ALERTS, type Methods, OUTBOX, WATCHES } from '../late/methods.ts';
import type { JobStore } from '../../core/ports/alerting/job-store.ts';
import type { OwnBooks } from '../../core/ports/alerting/own-books.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import type { Eraser } from '../../core/ports/erasing/eraser.ts';
import { ledgerItem } from './backup/item.ts';
import type { Alerting } from './alerting.ts';
import type { OpenLedger } from './open.ts';
import { inspectPlace } from './examine/place.ts';
import { stageOf } from './recount-stages.ts';
import { type Settings, SETTINGS } from './settings.ts';

/** Few enough to cost little, enough for some servers to share. */
const PARTS = 6;

/** A ledger in tables: a SQLite file for one server, a PostgreSQL for several. */
export const sql = plugin<Ledger, Settings>({
  settings: SETTINGS,
  wantedBy: ['LEDGER_URL'],
  create: createLedger,
  inspect: ({ url: [url] }, name, disk) => inspectPlace(url!, name, disk),
  examine: async function* (_ledger, { settings, deps, name }, { disk, thorough }) {
    // At a start the ledger is opened anyway.
    if (thorough) yield* examine(settings.url[0]!, settings.leaseSeconds * 1000, { name, deps, disk });
  },
});

/** Nothing is loaded before it is needed, so that a server without a ledger starts as fast as ever. */
function createLedger(settings: Settings, deps: Deps): Ledger {
  let loaded: Promise<OpenLedger> | undefined;
  let trouble = (): string | null => null;
  const load = (): Promise<OpenLedger> =>
    (loaded ??= import('./open.ts').then(({ openLedger }) => {
      const opened = openLedger(settings, deps);
      trouble = opened.trouble;
      return opened;
    }));
  const part = <K extends Part>(name: K, methods: Methods<OpenLedger[K]>): OpenLedger[K] =>
    late<OpenLedger[K]>(methods, async () => (await load())[name]);
  return {
    sharing: { leaseMs: settings.leaseSeconds * 1000, parts: PARTS, lingers: true, onError: settings.onError },
    servesBlind: () => false,
    claims: part('claims', { claim: true, renew: true, settle: true }),
    history: part('history', { put: true, get: true, began: true, ended: true }),
    readModel: part('readModel', READ_MODEL),
    ...alertingOf(settings, async () => (await load()).alerting()),
    digests: late(DIGESTS, async () => (await load()).digests()),
    tickets: late(TICKETS, async () => (await load()).tickets()),
    ...watchesOf(load),
    own: ownOf(async () => (await load()).own()),
    reminders: late(REMINDERS, async () => (await load()).reminders()),
    events: eventsOf(settings, load),
    ...copiesOf(settings.url[0]!, deps, load),
    backlog: {
      reachMs: settings.catchUpHours * HOUR_MS,
      memoryMs: settings.retentionDays * 24 * HOUR_MS,
      ...part('backlog', { missing: true }),
    },
    recounts: {
      stages: settings.recount.map(stageOf),
      sinks: settings.recountSinks,
      ...part('recounts', { due: true, look: true, note: true, open: true, shares: true }),
    },
    ...late<Pick<OpenLedger, 'keep' | 'open' | 'health'>>({ keep: true, open: true, health: true }, load),
    trouble: () => trouble(),
    close: async () => loaded?.then((ledger) => ledger.close()),
  };
}

function watchesOf(load: () => Promise<OpenLedger>): Pick<Ledger, 'watches' | 'feeds'> {
  const on = (shelf: string): WatchStore => late(WATCHES, async () => (await load()).watches(shelf));
  return { watches: on(''), feeds: { sheet: on('sheet/'), calendar: on('calendar/') } };
}

function alertingOf({ messageDays }: Settings, load: () => Promise<Alerting>): Alerting & Pick<Ledger, 'messagesMs'> {
  return {
    messagesMs: messageDays * 24 * HOUR_MS,
    alerts: late<Alerting['alerts']>(ALERTS, async () => (await load()).alerts),
    outbox: late<Alerting['outbox']>(OUTBOX, async () => (await load()).outbox),
    texts: late<Alerting['texts']>({ all: true, keep: true }, async () => (await load()).texts),
  };
}

function ownOf(load: () => Promise<OwnBooks>): OwnBooks {
  return {
    ...late<Omit<OwnBooks, 'jobs'>>({ accounts: true, size: true }, load),
    jobs: late<JobStore>({ note: true, all: true }, async () => (await load()).jobs),
  };
}

function copiesOf(
  url: string,
  { now }: Pick<Deps, 'now'>,
  load: () => Promise<OpenLedger>,
): Pick<Ledger, 'copied' | 'upkeep' | 'restores' | 'eraser'> {
  return {
    copied: ledgerItem(url, now),
    upkeep: late(UPKEEP, async () => (await load()).upkeep()),
    restores: late(RESTORES, async () => (await load()).restores()),
    eraser: late<Eraser>({ erase: true }, async () => (await load()).eraser()),
  };
}

function eventsOf({ eventDays, eventMaxGb }: Settings, load: () => Promise<OpenLedger>): EventStore {
  return {
    keptMs: eventDays * DAY_MS,
    ...late(EVENTS, async () => (await load()).events()),
    ...(eventMaxGb === undefined ? { room: async () => null } : {}),
    objects: late(OBJECTS, async () => (await load()).objects()),
  };
}

const READ_MODEL: Methods<OpenLedger['readModel']> = {
  runs: true,
  counts: true,
  hours: true,
  recorded: true,
  firsts: true,
  countedIn: true,
  late: true,
  reports: true,
  receipts: true,
};

const DIGESTS: Methods<DigestStore> = {
  look: true,
  put: true,
  isUndecided: true,
  forget: true,
  claim: true,
  told: true,
  begin: true,
  moved: true,
  windows: true,
  sums: true,
  bars: true,
  issues: true,
  issueCounts: true,
  tellings: true,
};

const REMINDERS: Methods<ReminderStore> = { all: true, put: true, forget: true, told: true };

const UPKEEP: Methods<UpkeepStore> = { now: true, claim: true, renew: true, settle: true };

const RESTORES: Methods<Restores> = {
  ...{ mark: true, held: true, release: true, drop: true, noteTold: true },
  ...{ begins: true, tellInstead: true },
};

const TICKETS: Methods<TicketStore> = {
  now: true,
  hits: true,
  take: true,
  keep: true,
  unsettled: true,
  readUntil: true,
  keepKnown: true,
  forget: true,
  link: true,
  linked: true,
  withOpening: true,
  issuesWith: true,
  keepTexts: true,
  search: true,
};

const OBJECTS: Methods<ObjectBook> = {
  want: true,
  knows: true,
  all: true,
  claim: true,
  settle: true,
  reach: true,
  told: true,
};

const EVENTS: Methods<Omit<EventStore, 'keptMs' | 'objects'>> = {
  room: true,
  add: true,
  cursors: true,
  each: true,
  reached: true,
  stored: true,
  newest: true,
  held: true,
  issues: true,
  find: true,
  counts: true,
  users: true,
  usersBy: true,
  series: true,
  days: true,
  locate: true,
  samples: true,
  alike: true,
  timings: true,
  groupingOf: true,
  late: true,
  noteHeld: true,
  rejects: true,
};

type Part = 'claims' | 'history' | 'readModel' | 'backlog' | 'recounts';
