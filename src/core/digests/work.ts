import { isQuiet } from '../alerts/outbox/forming/quiet.ts';
import type { InUse } from '../alerts/outbox/relay.ts';
import { faultOf } from '../model/errors.ts';
import { groupOf } from '../model/alerting/recipients.ts';
import { type At, type DigestPlan, scheduleText } from '../model/alerting/digest-plan.ts';
import type { Mute } from '../model/alerting/rule.ts';
import { isoOf, type Window } from '../model/window.ts';
import type { KnownDigest } from '../ports/alerting/digest-store.ts';
import type { WorkDone } from '../ports/alerting/due.ts';
import type { Outbox } from '../ports/alerting/outbox.ts';
import type { EventStore } from '../ports/events/event-store.ts';
import type { Scope } from '../ports/scope.ts';
import type { NextRun } from '../schedules/runs.ts';
import type { Together } from '../schedules/slots.ts';
import { tellAbsent, tellUnheard } from './absent.ts';
import { beginStored, workStored } from './delivered/work.ts';
import { awaited, dueSlots, isCounted, isOverdue, type Times } from './due.ts';
import { made, type MadeDeps } from './made.ts';
import { type Files, syncKnown } from './known.ts';

export interface WorkDeps extends Omit<MadeDeps, 'now'> {
  files(): Files;
  /** By the clock that all servers share, epoch ms. */
  shared(): Promise<{ readonly now: number; readonly loadedAt: number }>;
  /** When this process is to stop, by its own clock. */
  now(): number;
  nextRun(at: At): NextRun;
  channels(): ReadonlyMap<string, InUse>;
  /** Those in force. */
  mutes(now: number): Promise<readonly Mute[]>;
  /** How far back windows are made up for, and known, ms. */
  readonly reachMs: number;
  readonly memoryMs: number;
  readonly leaseMs: number;
  readonly outbox: Pick<Outbox, 'listed' | 'lease' | 'release'>;
  /** Absent: nothing is stored, and no digest is of that. */
  readonly events?: EventStore | undefined;
  /** Address of an issue's page; null: there is none. */
  issuePage(issueId: string): string | null;
  /** Tells the admin of a digest that does not come to a channel. */
  absent(plan: DigestPlan, channel: string, line: string): Promise<void>;
}

/** Posts the digests that are due, each once whatever server is first. */
export async function workDigests(deps: WorkDeps, scope: Scope): Promise<readonly WorkDone[]> {
  const { now, loadedAt } = await deps.shared();
  const files = deps.files();
  const known = await syncKnown(deps.store, files, { now, loadedAt });
  const mutes = await deps.mutes(now);
  const done: WorkDone[] = [];
  for (const plan of files.digests) {
    const rows = known.filter((row) => row.digest === plan.name && row.schedule === scheduleText(plan.at));
    const next = deps.nextRun(plan.at);
    const free = rows.filter(({ channel }) => !isLeftAlone(channel, now, mutes, deps.channels()));
    const heard = free.filter(({ channel }) => plan.tell.includes(channel));
    const pass: Pass = {
      ...deps,
      now,
      scope,
      next,
      isOver: () => deps.now() >= scope.deadline || scope.signal.aborted,
    };
    if (plan.since !== undefined) await beginRows(plan, rows, pass);
    const worked = await (plan.since === undefined ? workWindows : workRows)(plan, heard, pass);
    done.push(...worked.done);
    const rest = free.filter(({ channel }) => !worked.told.has(channel));
    await tellAbsent({ plan, rows: rest, now, next, memoryMs: deps.memoryMs }, deps.absent);
  }
  return done;
}

type Pass = SlotDeps & { readonly next: NextRun; isOver(): boolean };

interface Worked {
  readonly done: readonly WorkDone[];
  /** Channels that were told. */
  readonly told: ReadonlySet<string>;
}

async function workWindows(plan: DigestPlan, heard: readonly KnownDigest[], pass: Pass): Promise<Worked> {
  const done: WorkDone[] = [];
  const told = new Set<string>();
  // NOTE: a row moves on with its newest slot: one that waits holds up those after it.
  const waiting = new Set<string>();
  const slots = plan.report === true ? reportSlots : slotsOf;
  for (const { slot, to } of slots(heard, pass.next, timesOf(pass.now, pass))) {
    const ready = to.filter(({ channel }) => !waiting.has(channel));
    if (ready.length === 0) continue;
    const result = pass.isOver() ? leftOf(plan) : await workSlot(plan, slot, ready, pass);
    if (result !== null) done.push(result);
    for (const { channel } of ready) (result?.status === 'done' ? told : waiting).add(channel);
  }
  return { done, told };
}

/** NOTE: each channel by itself: one may have got what another has not. */
async function workRows(plan: DigestPlan, heard: readonly KnownDigest[], pass: Pass): Promise<Worked> {
  const { events } = pass;
  if (events === undefined) throw new Error(`${plan.name}: there is no event store`);
  const done: WorkDone[] = [];
  const told = new Set<string>();
  for (const row of heard) {
    const digest = { plan, row, next: pass.next };
    const result = pass.isOver() ? leftOf(plan) : await workStored(digest, { ...pass, events }, pass.scope);
    if (result !== null) done.push(result);
    if (result?.status === 'done') told.add(row.channel);
  }
  return { done, told };
}

async function beginRows(plan: DigestPlan, rows: readonly KnownDigest[], { events, ...pass }: Pass): Promise<void> {
  for (const row of rows) if (events !== undefined) await beginStored({ plan, row }, { ...pass, events });
}

function leftOf({ name }: DigestPlan): WorkDone {
  return { kind: 'digest', name, status: 'held', detail: 'left for the next run', left: 1 };
}

function timesOf(now: number, { reachMs, memoryMs }: Pick<Times, 'reachMs' | 'memoryMs'>): Omit<Times, 'upSince'> {
  return { now, reachMs, memoryMs };
}

/** In quiet hours, and while it is muted, nothing goes to a channel; then comes what was missed. */
function isLeftAlone(
  channel: string,
  now: number,
  mutes: readonly Mute[],
  channels: ReturnType<WorkDeps['channels']>,
): boolean {
  const quiet = channels.get(channel)?.policy.quiet ?? null;
  if (quiet !== null && isQuiet(quiet, now)) return true;
  return mutes.some(
    ({ what, since, until }) =>
      since <= now &&
      !(until.kind === 'instant' && until.at <= now) &&
      (what.kind === 'all' || (what.kind === 'channel' && (what.name === channel || what.name === groupOf(channel)))),
  );
}

interface DueSlot {
  readonly slot: Together;
  /** The channels that have not been told it. */
  readonly to: readonly KnownDigest[];
}

/** The slots that are due, the oldest first, each for all channels that miss just that one. */
function slotsOf(rows: readonly KnownDigest[], next: NextRun, times: Omit<Times, 'upSince'>): readonly DueSlot[] {
  const all = rows.flatMap((row) =>
    dueSlots(next, row.toldTo, { ...times, upSince: row.upSince }).map((slot) => ({ slot, row })),
  );
  const groups = Map.groupBy(all, ({ slot }) => `${slot.start} ${slot.end}`);
  return [...groups.values()]
    .map((some) => ({ slot: some[0]!.slot, to: some.map(({ row }) => row) }))
    .toSorted((a, b) => a.slot.end - b.slot.end);
}

/** What was missed is one report: it says how it stands now. */
function reportSlots(...[rows, next, times]: Parameters<typeof slotsOf>): readonly DueSlot[] {
  return rows.flatMap((row) => {
    const slots = slotsOf([row], next, times);
    const [first, last] = [slots[0]?.slot, slots.at(-1)?.slot];
    if (first === undefined || last === undefined) return [];
    return [{ slot: { start: first.start, end: last.end, dueAt: first.dueAt }, to: [row] }];
  });
}

type SlotDeps = Omit<WorkDeps, 'now'> & { readonly now: number; readonly scope: Scope };

/** Null: it waits for its windows. Never rejects: the next pass tries again. */
async function workSlot(
  plan: DigestPlan,
  slot: Together,
  to: readonly KnownDigest[],
  deps: SlotDeps,
): Promise<WorkDone | null> {
  const said = { kind: 'digest', name: plan.name, left: 0 } as const;
  try {
    const upSince = Math.min(...to.map((row) => row.upSince));
    if (!(await isReady(plan, slot, { ...timesOf(deps.now, deps), upSince }, deps))) return null;
    const ours: KnownDigest[] = [];
    for (const row of to) if (await deps.store.claim(row, slot.end, deps.leaseMs)) ours.push(row);
    if (ours.length === 0) return { ...said, status: 'held', detail: 'another server makes it' };
    const detail = await tell(plan, slot, ours, deps);
    return { ...said, status: 'done', detail: `${isoOf(slot.end)}: ${detail}` };
  } catch (error) {
    const { message } = faultOf(error);
    deps.scope.log.error({ digest: plan.name, slot: isoOf(slot.end), error: message }, 'digest not made');
    return { ...said, status: 'failed', detail: `${isoOf(slot.end)}: ${message}` };
  }
}

async function isReady({ filters, report }: DigestPlan, slot: Window, times: Times, deps: SlotDeps): Promise<boolean> {
  if (report === true) return true;
  const { store } = deps;
  const span = isOverdue(slot, times) ? null : awaited(slot, times);
  if (span === null) return true;
  // NOTE: a window is counted before it is decided; until then its issues, and what was told of them, are not there.
  return isCounted(filters, span, await store.sums(filters, span)) && !(await store.isUndecided(filters, span));
}

/** What became of it, for people. */
async function tell(plan: DigestPlan, slot: Together, ours: readonly KnownDigest[], deps: SlotDeps): Promise<string> {
  const { store, now } = deps;
  const { isSkipped, messageFor } = await made(plan, slot, deps);
  const told: string[] = [];
  for (const row of ours) {
    const message = isSkipped ? null : messageFor(row.channel);
    if (!(await store.told(row, slot.end, message, now))) continue;
    told.push(row.channel);
    await tellUnheard({ plan, channel: row.channel, now: slot.end }, deps);
  }
  if (told.length === 0) return 'another server was first';
  return isSkipped ? 'nothing to tell' : `for ${told.join(', ')}`;
}
