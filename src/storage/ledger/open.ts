import type { DigestStore } from '../../core/ports/alerting/digest-store.ts';
import type { Backlog } from '../../core/ports/backlog.ts';
import type { Eraser } from '../../core/ports/erasing/eraser.ts';
import type { Restores } from '../../core/ports/backup/restores.ts';
import type { UpkeepStore } from '../../core/ports/backup/upkeep.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { ObjectBook } from '../../core/ports/events/object-book.ts';
import type { TicketStore } from '../../core/ports/tickets/ticket-store.ts';
import type { OwnBooks } from '../../core/ports/alerting/own-books.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { ReminderStore } from '../../core/ports/reminders/reminder-store.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import type { Deps } from '../../integrations/plugin.ts';
import { createDatabase, type Database } from '../database/database.ts';
import { addingUp } from './views/adding-up.ts';
import type { Alerting } from './alerting.ts';
import { openAtStart } from './at-start.ts';
import { sqlBacklog } from './backlog.ts';
import { sqlClaims } from './claims.ts';
import { sqlHistory } from './history.ts';
import { keepReports } from './keep-reports.ts';
import { healthOf, proofOf, proving } from '../database/proof.ts';
import { pruning } from './prune.ts';
import { sqlReadModel } from './views/read-model.ts';
import { type RecountQueries, sqlRecounts } from './recounts.ts';
import type { Settings } from './settings.ts';

/** All of a ledger that is done in tables. */
export interface OpenLedger extends Required<
  Pick<Ledger, 'claims' | 'history' | 'readModel' | 'keep' | 'open' | 'health' | 'close'>
> {
  readonly backlog: Pick<Backlog, 'missing'>;
  readonly recounts: RecountQueries;
  /** Loaded by its first call. */
  alerting(): Promise<Alerting>;
  /** Loaded by its first call. */
  events(): Promise<Omit<EventStore, 'keptMs' | 'objects'>>;
  /** So are these. */
  objects(): Promise<ObjectBook>;
  digests(): Promise<DigestStore>;
  tickets(): Promise<TicketStore>;
  /** `shelf`: as `onShelf`. */
  watches(shelf: string): Promise<WatchStore>;
  own(): Promise<OwnBooks>;
  reminders(): Promise<ReminderStore>;
  upkeep(): Promise<UpkeepStore>;
  restores(): Promise<Restores>;
  eraser(): Promise<Eraser>;
  trouble(): string | null;
}

/** Loaded only by who has a ledger: kysely, pg and node:sqlite are not small. */
export function openLedger({ url: [url], leaseSeconds, eventMaxGb, ...keeping }: Settings, deps: Deps): OpenLedger {
  const database = createDatabase(url!, { now: deps.now, leaseMs: leaseSeconds * 1000, log: deps.log });
  const proof = proofOf(database);
  let alerting: Promise<Alerting> | undefined;
  let events: Promise<Omit<EventStore, 'keptMs' | 'objects'>> | undefined;
  let objects: Promise<ObjectBook> | undefined;
  let digests: Promise<DigestStore> | undefined;
  let tickets: Promise<TicketStore> | undefined;
  let own: Promise<OwnBooks> | undefined;
  let reminders: Promise<ReminderStore> | undefined;
  let upkeep: Promise<UpkeepStore> | undefined;
  let restores: Promise<Restores> | undefined;
  return {
    claims: sqlClaims(database, deps),
    history: proving(addingUp(pruning(sqlHistory(database, deps), database, keeping, deps), database, deps), proof),
    readModel: sqlReadModel(database),
    alerting: () => (alerting ??= import('./alerting.ts').then(({ openAlerting }) => openAlerting(database, deps))),
    events: () => (events ??= openEvents(database, eventMaxGb, deps)),
    objects: () =>
      (objects ??= import('./events/objects/book.ts').then(({ sqlObjects }) => sqlObjects(database, deps.uuid))),
    digests: () => (digests ??= import('./digests/index.ts').then(({ sqlDigests }) => sqlDigests(database))),
    tickets: () => (tickets ??= import('./tickets/index.ts').then(({ sqlTickets }) => sqlTickets(database, deps.uuid))),
    watches: async (shelf) => (await import('./watches/index.ts')).watchesOn(shelf, database, deps.uuid),
    upkeep: () => (upkeep ??= import('./upkeep/store.ts').then(({ sqlUpkeep }) => sqlUpkeep(database, deps.uuid))),
    restores: () => (restores ??= import('./upkeep/restores.ts').then(({ sqlRestores }) => sqlRestores(database))),
    eraser: async () => (await import('./erasing/index.ts')).sqlEraser(database, deps),
    own: () => (own ??= import('./own/index.ts').then(({ sqlOwnBooks }) => sqlOwnBooks(database, url!))),
    reminders: () => (reminders ??= import('./reminders/index.ts').then(({ sqlReminders }) => sqlReminders(database))),
    backlog: sqlBacklog(database),
    recounts: sqlRecounts(database),
    keep: async (kept) => (kept.length === 0 ? [] : keepReports(await database.ready(), kept, deps.server)),
    open: () => openAtStart(database, url!, deps.log),
    health: () => healthOf(database, proof),
    trouble: () => database.failure(),
    close: () => database.close(),
  };
}

async function openEvents(
  database: Database,
  mostGb: number | undefined,
  deps: Deps,
): Promise<Omit<EventStore, 'keptMs' | 'objects'>> {
  const { sqlEvents } = await import('./events/index.ts');
  if (mostGb === undefined) return sqlEvents(database);
  const { boundEvents } = await import('./events/room/bounded.ts');
  return sqlEvents(database, boundEvents(database, mostGb * 1e9, deps));
}
