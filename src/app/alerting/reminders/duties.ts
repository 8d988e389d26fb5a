import type { InForce } from '../../../config/reload/in-force.ts';
import { faultOf } from '../../../core/model/errors.ts';
import { DUTY, PERSON_OF_SHEET } from '../../../core/model/reminders/reminder-plan.ts';
import type { Feeds } from '../../../core/reminders/facts/gather.ts';
import type { Meant } from '../../../core/reminders/duties/on-duty.ts';
import type { Given } from '../../../core/reminders/make/to-whom.ts';
import type { Admin } from '../../../core/telling/own/admin.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import type { DutyChannels } from './duty-channels.ts';

/** Who is told of what goes to a duty, or to a person of a sheet, as it was found last. */
export interface DutyBook {
  channels(): DutyChannels;
  keep(channels: DutyChannels): void;
}

export function createDutyBook(): DutyBook {
  let known: DutyChannels = new Map();
  return { channels: () => known, keep: (channels) => (known = channels) };
}

/** Names that only sheets explain, to which something is told. */
export function namesTold({ filters, watches, digests, reminders }: Told): readonly string[] {
  const rules = [...filters.flatMap(({ alerts = [] }) => alerts), ...watches.flatMap((watch) => watch.rules)];
  const all = [...rules, ...digests, ...reminders].flatMap((it) => [
    ...it.tell,
    ...('escalate' in it && it.escalate !== undefined ? it.escalate.tell : []),
  ]);
  return [...new Set(all)].filter((name) => [DUTY, PERSON_OF_SHEET].some((lead) => name.startsWith(lead)));
}

type Told = Pick<InForce, 'filters' | 'watches' | 'digests' | 'reminders'>;

export interface DutyDeps {
  readonly book: DutyBook;
  inForce(): Told;
  now(): Promise<number>;
  readonly feeds: Feeds;
  given(): Given;
  /** Why nobody knows yet who is in a sheet of persons; undefined: that is known. */
  unread(): Error | undefined;
  readonly admin: Pick<Admin, 'tellDaily'>;
}

/** Finds out whose turn it is, before messages go. What cannot be read now stays as it was. */
export function seeToDuties(deps: DutyDeps): Chore {
  const { book, inForce, admin } = deps;
  return {
    name: 'duties',
    async work() {
      const names = namesTold(inForce());
      if (names.length === 0) return;
      const meant = await meantNow(deps);
      const found: [string, readonly string[]][] = [];
      for (const name of names) {
        const { channels, faults } = await meant(name);
        if (channels.length > 0) found.push([name, channels]);
        if (faults.length > 0)
          await admin.tellDaily(name, `What is told to ${name} may not reach them: ${faults.join('; ')}`);
      }
      book.keep(new Map(found));
    },
  };
}

/** What a name means at this moment. Never rejects. */
async function meantNow({
  book,
  inForce,
  now,
  feeds,
  given,
  unread,
}: DutyDeps): Promise<(name: string) => Promise<Meant>> {
  const [{ instead, onDuty }, { ofName }] = await Promise.all([
    import('../../../core/reminders/duties/on-duty.ts'),
    import('../../../core/reminders/people/of-name.ts'),
  ]);
  const around = { reminders: inForce().reminders, now: await now() };
  return async (name) => {
    try {
      if (name.startsWith(DUTY)) return await onDuty(name.slice(DUTY.length), around, feeds, given());
      const lack = unread();
      if (lack !== undefined) throw lack;
      return ofName(name, given());
    } catch (error) {
      const { channels, faults } = instead(given(), [faultOf(error).message]);
      return { channels: book.channels().get(name) ?? channels, faults };
    }
  };
}
