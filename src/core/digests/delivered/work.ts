import { type IssueTickets, withTickets } from '../with-tickets.ts';
import { faultOf } from '../../model/errors.ts';
import type { DigestPlan } from '../../model/alerting/digest-plan.ts';
import { readUpTo } from '../../model/events/readers.ts';
import type { Filter } from '../../model/filter.ts';
import { isoOf } from '../../model/window.ts';
import type { DigestPlace, DigestReach, DigestStore, KnownDigest } from '../../ports/alerting/digest-store.ts';
import type { WorkDone } from '../../ports/alerting/due.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import type { EventStore } from '../../ports/events/event-store.ts';
import type { Scope } from '../../ports/scope.ts';
import type { NextRun } from '../../schedules/runs.ts';
import { slotsIn } from '../../schedules/slots.ts';
import { tellUnheard } from '../absent.ts';
import { isLate, isOverdue } from '../due.ts';
import { isEmpty } from '../make.ts';
import { digestId, messageOf } from '../message.ts';
import { type Beginning, beginning } from './place.ts';
import { makeStored, type StoredDeps } from './make.ts';

export interface StoredWork extends Omit<StoredDeps, 'events'> {
  readonly events: EventStore;
  readonly store: Pick<DigestStore, 'begin' | 'claim' | 'moved'>;
  readonly outbox: Pick<Outbox, 'listed' | 'lease' | 'release'>;
  filterOf(name: string): Filter | undefined;
  /** By the clock that all servers share, epoch ms. */
  readonly now: number;
  readonly memoryMs: number;
  readonly leaseMs: number;
  readonly server: string;
  /** Absent: there are none. */
  readonly tickets?: IssueTickets | undefined;
  uuid(): string;
  /** Tells the admin of a digest that does not come to a channel. */
  absent(plan: DigestPlan, channel: string, line: string): Promise<void>;
}

/** A digest of what was stored, at one channel. */
export interface StoredDigest {
  readonly plan: DigestPlan;
  readonly row: KnownDigest;
  readonly next: NextRun;
}

/** Notes from where on is told, as soon as a digest is known: what was stored before is not told. */
export async function beginStored(
  { plan, row }: Pick<StoredDigest, 'plan' | 'row'>,
  deps: Pick<StoredWork, 'events' | 'store' | 'filterOf' | 'now'>,
): Promise<void> {
  if (row.place !== null) return;
  const projects = projectsOf(filtersOf(plan, deps));
  await deps.store.begin(row, { told: await reachOf(projects, deps), at: deps.now, sent: null });
}

/** Null: it is not due, or waits. Never rejects: the next pass tries again. */
export async function workStored(digest: StoredDigest, deps: StoredWork, { log }: Scope): Promise<WorkDone | null> {
  const said = { kind: 'digest', name: digest.plan.name, left: 0 } as const;
  const slots = slotsIn(digest.next, Math.max(digest.row.toldTo, deps.now - deps.memoryMs), deps.now);
  const [first, last] = [slots[0], slots.at(-1)];
  const { place } = digest.row;
  if (first === undefined || last === undefined || place === null) return null;
  try {
    const readTo = await readToOf(projectsOf(filtersOf(digest.plan, deps)), deps.events);
    const lacks = lacksOf(readTo, last.end);
    if (lacks.length > 0 && !isOverdue(first, { now: deps.now, upSince: digest.row.upSince })) return null;
    return { ...said, ...(await tell(digest, { ...last, dueAt: first.end, place, readTo, lacks }, deps)) };
  } catch (error) {
    const { message } = faultOf(error);
    log.error({ digest: digest.plan.name, slot: isoOf(last.end), error: message }, 'digest not made');
    return { ...said, status: 'failed', detail: `${isoOf(last.end)}: ${message}` };
  }
}

interface DueSlot {
  readonly end: number;
  /** End of the first slot that was not told. */
  readonly dueAt: number;
  readonly place: DigestPlace;
  readonly readTo: ReadonlyMap<string, number>;
  readonly lacks: readonly string[];
}

type Became = Pick<WorkDone, 'status' | 'detail'>;

const POSTING: Became = { status: 'held', detail: 'the last one is being posted' };

/** What became of it, for people. */
async function tell(digest: StoredDigest, slot: DueSlot, deps: StoredWork): Promise<Became> {
  const { row } = digest;
  const from = await beginningOf(slot.place, deps);
  if (from === null) return POSTING;
  if (!(await deps.store.claim(row, slot.end, deps.leaseMs)))
    return { status: 'held', detail: 'another server makes it' };
  if (from.instead === null) return tellFrom(from, digest, slot, deps);
  const token = await deps.outbox.lease(row.channel, deps.leaseMs);
  if (token === null) return POSTING;
  try {
    // NOTE: only now nobody else posts it: what was read before may have changed.
    const sure = await beginningOf(slot.place, deps);
    return sure === null ? POSTING : await tellFrom(sure, digest, slot, deps);
  } finally {
    await deps.outbox.release(row.channel, token);
  }
}

async function beginningOf(place: DigestPlace, { outbox }: Pick<StoredWork, 'outbox'>): Promise<Beginning | null> {
  const [last] = place.sent === null ? [] : await outbox.listed({ id: place.sent.message, limit: 1 });
  return beginning(place, last);
}

async function tellFrom(from: Beginning, digest: StoredDigest, slot: DueSlot, deps: StoredWork): Promise<Became> {
  const { plan, row } = digest;
  const { store, now, server, uuid } = deps;
  const filters = filtersOf(plan, deps);
  const to = await reachOf(projectsOf(filters), deps);
  // What a filter reads since lately, it tells from now on.
  const told = { ...to, ...from.told };
  const { end, dueAt, lacks } = slot;
  const readTo = Math.min(...slot.readTo.values());
  const late = isLate({ start: from.at, end, dueAt }, now);
  const of = { from: told, to, start: from.at, end, late, readTo, lacks };
  const made = await withTickets(await makeStored(plan, filters, of, deps), deps.tickets);
  const isSkipped = plan.skipEmpty && isEmpty(made);
  const message = isSkipped
    ? null
    : { ...messageOf(made, row.channel, { now, server, uuid }), mayRepeat: from.isUnsure };
  const sent = message && { message: digestId(plan.name, isoOf(end), row.channel), told: to, at: end };
  const place: DigestPlace = { told: isSkipped ? to : told, at: from.at, sent };
  const isOurs = await store.moved(row, { end, place, message, instead: isSkipped ? null : from.instead, now });
  if (!isOurs) return { status: 'done', detail: 'another server was first' };
  if (!isSkipped) await tellUnheard({ plan, channel: row.channel, now: end }, deps);
  return { status: 'done', detail: `${isoOf(end)}: ${isSkipped ? 'nothing to tell' : `for ${row.channel}`}` };
}

/** Those of the plan that there are. */
function filtersOf({ filters }: DigestPlan, { filterOf }: Pick<StoredWork, 'filterOf'>): readonly Filter[] {
  return filters.flatMap((name) => filterOf(name) ?? []);
}

function projectsOf(filters: readonly Filter[]): readonly string[] {
  return [...new Set(filters.flatMap(({ projects }) => projects))];
}

async function reachOf(projects: readonly string[], { events }: Pick<StoredWork, 'events'>): Promise<DigestReach> {
  const reached = await events.reached(projects);
  return Object.fromEntries(projects.map((project) => [project, reached.get(project) ?? 0]));
}

async function readToOf(projects: readonly string[], events: EventStore): Promise<ReadonlyMap<string, number>> {
  const cursors = await events.cursors(projects);
  return new Map(
    projects.map((project) => [project, readUpTo(cursors.filter((cursor) => cursor.project === project))]),
  );
}

/** Intakes that were not read up to that instant. */
function lacksOf(readTo: ReadonlyMap<string, number>, end: number): readonly string[] {
  return [...readTo].flatMap(([project, at]) => {
    if (at >= end) return [];
    const how = Number.isFinite(at) ? `was read up to ${isoOf(at).slice(0, 16)}Z only` : 'was not read to its end yet';
    return [`the intake ${project} ${how}: more may come`];
  });
}
