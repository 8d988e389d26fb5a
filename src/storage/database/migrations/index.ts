import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { claimsReportsRuns } from './first/1-claims-reports-runs.ts';
import { readAt } from './first/2-read-at.ts';
import { countsByHour } from './first/3-counts-by-hour.ts';
import { alertsAndOutbox } from './first/4-alerts.ts';
import { fileTexts } from './first/5-file-texts.ts';
import { deploys } from './first/6-deploys.ts';
import { actionsOfPeople } from './first/7-actions.ts';
import { events } from './8-events.ts';
import { digests } from './9-digests.ts';
import { runProcess } from './10-run-process.ts';
import { decisionsInSteps } from './11-decisions.ts';
import { eventLists } from './12-event-lists.ts';
import { eventTraits } from './13-event-traits.ts';
import { tickets } from './14-tickets.ts';
import { eventPosts } from './15-event-posts.ts';
import { watches } from './16-watches.ts';
import { eventOrder } from './17-event-order.ts';
import { eventTimings } from './18-event-timings.ts';
import { orderOfTellings } from './19-order-of-tellings.ts';
import { jobs } from './20-jobs.ts';
import { reminders } from './21-reminders.ts';
import { upkeep } from './22-upkeep.ts';

export interface Migration {
  readonly name: string;
  /** Programs that do not know it would do harm: they refuse to start. */
  readonly breaking: boolean;
  up(db: Kysely<Tables>): Promise<void>;
}

/**
 * In order: the first one makes version 1. NOTE: what was released is never changed; a change is a further one.
 *
 * How to add a table:
 * 1. Write `<version>-<name>.ts` here (the oldest are in `first`). Use text, integer and bigint: both databases have
 *    them.
 * 2. Append it below. `breaking` only when an older server that goes on beside this one would do harm.
 * 3. Describe its rows in `../tables.ts`.
 * 4. Say in `ledger/prune.ts` how long they are kept.
 */
export const MIGRATIONS: readonly Migration[] = [
  { name: 'claims, reports, runs', breaking: true, up: claimsReportsRuns },
  { name: 'when a report was read', breaking: false, up: readAt },
  { name: 'counts by hour, tags of a report', breaking: false, up: countsByHour },
  { name: 'alerts and their outbox', breaking: false, up: alertsAndOutbox },
  { name: 'last good texts of filters files', breaking: false, up: fileTexts },
  { name: 'releases', breaking: false, up: deploys },
  { name: 'what people did', breaking: false, up: actionsOfPeople },
  { name: 'events of intakes', breaking: false, up: events },
  { name: 'digests', breaking: false, up: digests },
  { name: 'processes of runs', breaking: false, up: runProcess },
  { name: 'decisions in steps', breaking: false, up: decisionsInSteps },
  { name: 'counts of events in lists, archives', breaking: true, up: eventLists },
  { name: 'words and groupings of issues', breaking: false, up: eventTraits },
  { name: 'tickets', breaking: false, up: tickets },
  { name: 'since when intakes look, signed posts', breaking: false, up: eventPosts },
  { name: 'watches', breaking: false, up: watches },
  { name: 'order of events, places of digests', breaking: true, up: eventOrder },
  { name: 'durations and remarks of logs', breaking: false, up: eventTimings },
  { name: 'order of tellings', breaking: false, up: orderOfTellings },
  { name: 'jobs', breaking: false, up: jobs },
  { name: 'reminders', breaking: false, up: reminders },
  { name: 'upkeep, restores', breaking: false, up: upkeep },
];
