import type { Item } from '../model/item.ts';
import type { ClaimKey } from '../model/receipt.ts';
import type { Report } from '../model/report.ts';
import type { Backlog } from './backlog.ts';
import type { BackupItem } from './backup/item.ts';
import type { Restores } from './backup/restores.ts';
import type { UpkeepStore } from './backup/upkeep.ts';
import type { Claims } from './claims.ts';
import type { Eraser } from './erasing/eraser.ts';
import type { History } from './history.ts';
import type { AlertStore } from './alerting/alert-store.ts';
import type { DigestStore } from './alerting/digest-store.ts';
import type { FileTexts } from './alerting/file-texts.ts';
import type { Outbox } from './alerting/outbox.ts';
import type { EventStore } from './events/event-store.ts';
import type { TicketStore } from './tickets/ticket-store.ts';
import type { OwnBooks } from './alerting/own-books.ts';
import type { ReadModel } from './read-model.ts';
import type { Recounts } from './recounts.ts';
import type { ReminderStore } from './reminders/reminder-store.ts';
import type { WatchStore } from './watches/watch-store.ts';

/** A report on its way to one sink. */
export interface Parcel {
  readonly key: ClaimKey;
  /** Of our claim; null: nobody's yet, it is kept for whoever claims it. */
  readonly token: string | null;
  readonly items: readonly Item[];
}

/** False: its claim was taken over. With a reason: it must wait for the ledger. */
export type MaySend = boolean | { readonly why: string };

export interface Kept {
  readonly report: Report;
  readonly parcels: readonly Parcel[];
}

export const ON_ERROR = ['safe', 'send', 'stop'] as const;
/** While the ledger cannot be reached: serve only sinks where a repeat does no harm, serve all, or do nothing. */
export type OnError = (typeof ON_ERROR)[number];

/** - degraded: it cannot be reached or written, and this server works without it; down: it does not work */
export type Health = 'ready' | 'degraded' | 'down';

/** How servers share the work of one window. */
export interface Sharing {
  /** A claim lasts so long unless it is renewed, ms; Infinity: as long as its run. */
  readonly leaseMs: number;
  /** A run claims its filters in so many parts, so that other servers find some left. */
  readonly parts: number;
  /** A call costs something, so what is kept or settled waits a little for more. */
  readonly lingers: boolean;
  readonly onError: OnError;
}

/** Memory of what reached which sink: of this process, or shared by several servers. */
export interface Ledger {
  readonly claims: Claims;
  readonly history: History;
  /** What people look at; absent: there is nothing but this process's memory. */
  readonly readModel?: ReadModel | undefined;
  /** Keeps reports and their items before anything of them is sent. For each parcel, whether it may be. */
  keep(kept: readonly Kept[]): Promise<readonly (readonly MaySend[])[]>;
  /** Whether this sink is served while the ledger cannot be reached. */
  servesBlind(sink: string): boolean;
  readonly sharing: Sharing;
  /** Absent: nothing is remembered for long enough. */
  readonly recounts?: Recounts | undefined;
  /** Absent: one process's own memory, which has no past to look for holes in. */
  readonly backlog?: Backlog | undefined;
  /** What rules came to; absent: it keeps none of it. */
  readonly alerts?: AlertStore | undefined;
  /** Events of intakes; absent: nothing is kept for long enough. */
  readonly events?: EventStore | undefined;
  /** What channels are to be told; absent as `alerts` is. */
  readonly outbox?: Outbox | undefined;
  /** So long messages are kept, and what waits to be told, ms. Absent as `outbox` is. */
  readonly messagesMs?: number | undefined;
  /** Absent: it has no past to speak of. */
  readonly digests?: DigestStore | undefined;
  /** Tickets of issues; absent as `events` is. */
  readonly tickets?: TicketStore | undefined;
  /** Absent: nothing that several servers could share. */
  readonly watches?: WatchStore | undefined;
  /** What sheets and calendars said last; absent: nothing is remembered. */
  readonly feeds?: Readonly<Record<'sheet' | 'calendar', WatchStore>> | undefined;
  /** What the service keeps of itself; absent as `watches` is. */
  readonly own?: OwnBooks | undefined;
  /** Work at set times, and what a restore left; absent as `watches` is. */
  readonly upkeep?: UpkeepStore | undefined;
  readonly restores?: Restores | undefined;
  /** Absent as `copied` is. */
  readonly eraser?: Eraser | undefined;
  /** Of which backups are made. Absent: there is nothing that outlives this process. */
  readonly copied?: BackupItem | undefined;
  /** Absent as `digests` is. */
  readonly reminders?: ReminderStore | undefined;
  /** Absent: nothing outlives this process. */
  readonly texts?: FileTexts | undefined;
  /**
   * At start. Rejects with a LedgerRefused when this program must not use the ledger, or only a person can mend it; one
   * that cannot be reached is tried again later.
   */
  open(): Promise<void>;
  /** How it is right now; never rejects. After a write that failed it is ready when one as a run's passed. */
  health(): Promise<Health>;
  /** Why a write failed, for people; null: none did since one as a run's passed. Absent: nothing is written. */
  trouble?(): string | null;
  close(): Promise<void>;
}
