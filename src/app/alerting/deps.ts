import type { InForce } from '../../config/reload/in-force.ts';
import type { Mute } from '../../core/model/alerting/rule.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { MessageWatch } from '../../core/ports/alerting/tally.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { Log, Scope } from '../../core/ports/scope.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Feeds } from '../../core/reminders/facts/gather.ts';
import type { Tickets } from '../../core/ports/tickets/tickets.ts';
import type { JobBook } from '../../core/telling/own/job-book.ts';
import type { World } from '../world.ts';
import type { DutyBook } from './reminders/duties.ts';
import type { PeopleBook, ToPerson } from './reminders/people-book.ts';
import type { MadeChannel } from './channels-in-use.ts';

/** What alerting is made of. */
export interface AlertingDeps extends Clock {
  readonly channels: readonly MadeChannel[];
  readonly toPerson: ToPerson;
  readonly ledger: Ledger;
  inForce(): InForce;
  readonly publicUrl: string | undefined;
  /** There are pages to link to. */
  readonly hasPage: boolean;
  readonly adminChannel: string | undefined;
  readonly adminCollect: 'weekly' | undefined;
  /** People may act from the pages. */
  readonly hasActions: boolean;
  /** What reminders go by; absent: nothing is set up. */
  readonly feeds?: Feeds | undefined;
  /** Absent: there are none. */
  readonly tickets?: Tickets | undefined;
  readonly source: Source;
  /** Name of the source that reads a filter. */
  sourceOf(filter: Filter): string;
  readonly settleMs: number;
  /** False: a command, whose files may be other ones than the service has. */
  readonly isService: boolean;
  openScope(): Scope & { close(): void };
  readonly server: string;
  uuid(): string;
  readonly log: Log;
  /** Remembers what came of work that was due. */
  readonly jobs?: JobBook | undefined;
  /** Where the service runs, and as what. */
  readonly place: Pick<World, 'disk' | 'version' | 'node'>;
  /** Hears what posts came to. */
  readonly watch?: MessageWatch | undefined;
}

/** With what the ledger keeps for rules and channels. */
export interface KeptDeps extends AlertingDeps {
  readonly alerts: AlertStore;
  readonly outbox: Outbox;
  readonly duties: DutyBook;
  readonly sheetPeople: PeopleBook;
  /** Whether a mute has ended by a release. */
  isReleased(mute: Mute): boolean;
}
