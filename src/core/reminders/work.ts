import { faultOf } from '../model/errors.ts';
import type { ReminderPlan } from '../model/reminders/reminder-plan.ts';
import type { WorkDone } from '../ports/alerting/due.ts';
import type { ForChannel, ReminderStore } from '../ports/reminders/reminder-store.ts';
import type { Scope } from '../ports/scope.ts';
import type { TimedDay } from '../schedules/local-days.ts';
import { ownMessage, ownPrefix } from '../telling/own/own-message.ts';
import { dueDays, isLate } from './due-days.ts';
import { type Planned, syncKnown } from './known.ts';
import { type Feeds, gather } from './facts/gather.ts';
import { remindDays } from './make/remind.ts';
import type { Reminded } from './make/reminded.ts';
import type { Given } from './make/to-whom.ts';
import { reminderMessage } from './message.ts';

export interface WorkDeps {
  readonly store: ReminderStore;
  files(): Planned;
  /** By the clock that all servers share, epoch ms. */
  shared(): Promise<{ readonly now: number; readonly loadedAt: number }>;
  readonly feeds: Feeds;
  /** Who is there at the moment. Rejects where that is not known. */
  given(plan: ReminderPlan): Given | Promise<Given>;
  /** Tells the admin of a reminder that cannot be made, once a day. */
  tellDaily(kind: string, line: string): Promise<void>;
  /** When the ledger was restored from a copy, epoch ms: what was due before may have been told. Absent: never. */
  restoredAt?(): Promise<number | null>;
  readonly server: string;
}

/** Tells what is due of reminders, each day once whatever server is first. */
export async function workReminders(deps: WorkDeps, scope: Scope): Promise<readonly WorkDone[]> {
  const { now, loadedAt } = await deps.shared();
  const files = deps.files();
  const known = await syncKnown(deps.store, files, { now, loadedAt });
  const restoredAt = (await deps.restoredAt?.()) ?? 0;
  const done: WorkDone[] = [];
  for (const plan of files.reminders) {
    const toldTo = known.get(plan.name)?.toldTo ?? now;
    const days = dueDays(plan.at, Math.max(toldTo, restoredAt), now);
    const result = days.length === 0 ? null : await workOne(plan, days, { ...deps, now, scope });
    if (result !== null) done.push(result);
  }
  return done;
}

type Pass = WorkDeps & { readonly now: number; readonly scope: Scope };

/** Null: there is nothing to say of it. Never rejects: the next pass tries again. */
async function workOne(plan: ReminderPlan, days: readonly TimedDay[], pass: Pass): Promise<WorkDone | null> {
  const { name } = plan;
  const said = { kind: 'reminder', name, left: 0 } as const;
  try {
    return await tell(plan, days, pass);
  } catch (error) {
    const { message } = faultOf(error);
    pass.scope.log.error({ reminder: name, error: message }, 'reminder not made');
    await pass.tellDaily(`reminder/${name}`, `The reminder ${name} cannot be made (${plan.where}): ${message}`);
    return { ...said, status: 'failed', detail: message };
  }
}

async function tell(plan: ReminderPlan, days: readonly TimedDay[], pass: Pass): Promise<WorkDone | null> {
  const { store, now, scope } = pass;
  const { name } = plan;
  const given = await pass.given(plan);
  const [first, last] = [days[0]!, days.at(-1)!];
  const facts = await gather(plan, { first: first.day, last: last.day, now }, pass.feeds);
  const made = remindDays(
    plan,
    days.map(({ day }) => day),
    { ...facts, now },
    given,
  );
  const shown = { ...pass, admin: given.admin };
  const messages = [
    ...days.flatMap((day, index) => messagesOf(plan, day, made[index]!, shown)),
    ...aboutRows(plan, facts.faults, shown),
  ];
  if (!(await store.told(name, last.at, messages, now))) return null;
  const faults = made.flatMap((it) => it.faults);
  for (const fault of faults) scope.log.warn({ reminder: name, error: fault }, 'somebody is not reminded');
  if (messages.length + faults.length === 0) return null;
  const channels = [...new Set(made.flatMap((it) => it.tell.map(({ channel }) => channel)))];
  const told = channels.length === 0 ? 'nobody is told' : `for ${channels.join(', ')}`;
  return {
    kind: 'reminder',
    name,
    left: 0,
    status: faults.length === 0 ? 'done' : 'failed',
    detail: [told, ...faults, ...facts.faults].join('; '),
  };
}

type Shown = Pass & Pick<Given, 'admin'>;

function messagesOf(plan: ReminderPlan, day: TimedDay, made: Reminded, pass: Shown): readonly ForChannel[] {
  const { now, server } = pass;
  const { name, at } = plan;
  const due = [...(made.missed ?? []), day.day].join(', ');
  const late = isLate(day, now) ? [`This is late: it was due on ${due} at ${clock(at.minute)} ${at.zone}.`] : [];
  const own = made.tell.map(({ channel, lines }) => {
    return { channel, message: reminderMessage({ name, day: day.day, channel }, [...lines, ...late], pass) };
  });
  if (made.faults.length === 0) return own;
  const line = `Not everybody is told by the reminder ${name} of ${day.day} (${plan.where}):`;
  const ofAdmin = pass.admin.map((channel) => {
    const kind = `reminder/${name}/${day.day}/${channel}`;
    return { channel, message: ownMessage(kind, line, { now, server, details: made.faults }) };
  });
  return [...own, ...ofAdmin];
}

/** What cannot be understood of sheets, to the admin: each once as long as that message is kept. */
function aboutRows({ name, where }: ReminderPlan, faults: readonly string[], { admin, now, server }: Shown) {
  return faults.flatMap((fault) =>
    admin.map((channel): ForChannel => {
      const kind = `reminder/${name}/${channel}`;
      const line = `The reminder ${name} (${where}) leaves out what it does not understand: ${fault}`;
      return { channel, message: { ...ownMessage(kind, line, { now, server }), id: `${ownPrefix(kind)}${fault}` } };
    }),
  );
}

/** `09:05` */
function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((it) => String(it).padStart(2, '0')).join(':');
}
