import type { InForce } from '../../../config/reload/in-force.ts';
import { faultOf } from '../../../core/model/errors.ts';
import { DUTY } from '../../../core/model/reminders/reminder-plan.ts';
import type { Feeds } from '../../../core/reminders/facts/gather.ts';
import type { Given } from '../../../core/reminders/make/to-whom.ts';
import type { Admin } from '../../../core/telling/own/admin.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import type { DutyChannels } from './duty-channels.ts';

/** Who is told of what goes to a duty, as it was found last. */
export interface DutyBook {
  channels(): DutyChannels;
  keep(channels: DutyChannels): void;
}

export function createDutyBook(): DutyBook {
  let known: DutyChannels = new Map();
  return { channels: () => known, keep: (channels) => (known = channels) };
}

/** Names of the duties that something is told to. */
export function dutiesTold({ filters, watches, digests, reminders }: Told): readonly string[] {
  const rules = [...filters.flatMap(({ alerts = [] }) => alerts), ...watches.flatMap((watch) => watch.rules)];
  const all = [...rules, ...digests, ...reminders].flatMap((it) => [
    ...it.tell,
    ...('escalate' in it && it.escalate !== undefined ? it.escalate.tell : []),
  ]);
  return [...new Set(all)].filter((name) => name.startsWith(DUTY));
}

type Told = Pick<InForce, 'filters' | 'watches' | 'digests' | 'reminders'>;

export interface DutyDeps {
  readonly book: DutyBook;
  inForce(): Told;
  now(): Promise<number>;
  readonly feeds: Feeds;
  given(): Given;
  readonly admin: Pick<Admin, 'tellDaily'>;
}

/** Finds out whose turn it is, before messages go. What cannot be read now stays as it was. */
export function seeToDuties({ book, inForce, now, feeds, given, admin }: DutyDeps): Chore {
  return {
    name: 'duties',
    async work() {
      const names = dutiesTold(inForce());
      if (names.length === 0) return;
      const { onDuty } = await import('../../../core/reminders/duties/on-duty.ts');
      const around = { reminders: inForce().reminders, now: await now() };
      const found = new Map<string, string>();
      for (const name of names) {
        const known = book.channels().get(name);
        const { channel = known, faults } = await onDuty(name.slice(DUTY.length), around, feeds, given()).catch(
          (error: unknown) => ({ channel: known ?? given().admin[0], faults: [faultOf(error).message] }),
        );
        if (channel !== undefined) found.set(name, channel);
        if (faults.length > 0)
          await admin.tellDaily(name, `What is told to ${name} may not reach them: ${faults.join('; ')}`);
      }
      book.keep(found);
    },
  };
}
