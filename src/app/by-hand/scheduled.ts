import { filtersPath } from '../../config/settings.ts';
import { zoneOf } from '../../core/model/alerting/digest-plan.ts';
import { isoOf } from '../../core/model/window.ts';
import { everyRun, runsUntil } from '../../core/schedules/runs.ts';
import { runsBy } from '../alerting/digests/runs-by.ts';
import { filtersAt } from '../vet.ts';
import type { World } from '../world.ts';
import { type Ahead, remindersAhead } from './reminders-ahead.ts';

/** Something that will be due. Its JSON is a contract, without the zone. */
export interface Scheduled {
  readonly kind: 'digest' | 'reminder' | 'watch' | 'backup';
  readonly name: string;
  /** ISO. */
  readonly at: string;
  /** IANA name of the zone that it is written in. */
  readonly zone: string;
  /** Of a reminder: who is told what. */
  readonly tells?: Ahead['tells'];
  /** Of a reminder: who is not told, and why, for people. */
  readonly faults?: readonly string[];
}

export interface Schedule {
  /** By their instants, then by name. */
  readonly all: readonly Scheduled[];
  /** What is wrong with the files, for people: what stands in those is not in the schedule. */
  readonly faults: readonly string[];
}

/**
 * What is due in (from, to], epoch ms, by the files, and by the sheets and calendars of reminders; of a watch only the
 * next look.
 */
export async function scheduled(
  world: World,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Schedule> {
  const set = filtersAt(filtersPath(world.env), world.disk);
  const { digests, watches, backup } = set;
  const reminders = await remindersAhead(set, world, { from, to });
  const nextRun = await runsBy();
  const ofDigests = digests.flatMap(({ name, at }) =>
    [...runsUntil(nextRun(at), from, to)].map(
      (instant) => ({ kind: 'digest', name, instant, zone: zoneOf(at) }) as const,
    ),
  );
  const ofWatches = watches.map(
    ({ name, everyMs }) => ({ kind: 'watch', name, instant: everyRun(everyMs)(from)!, zone: 'UTC' }) as const,
  );
  const ofBackup = [backup ?? []]
    .flat()
    .flatMap(({ at, to: name }) =>
      [...runsUntil(nextRun(at), from, to)].map(
        (instant) => ({ kind: 'backup', name, instant, zone: zoneOf(at) }) as const,
      ),
    );
  const ofReminders = reminders.all.map((it) => ({ kind: 'reminder', ...it }) as const);
  const all = [...ofDigests, ...ofReminders, ...ofBackup, ...ofWatches.filter(({ instant }) => instant <= to)];
  all.sort((a, b) => a.instant - b.instant || (a.name < b.name ? -1 : 1));
  return {
    all: all.map(({ instant, ...it }) => ({ ...it, at: isoOf(instant) })),
    faults: [...set.faults.map(({ where, text }) => `${where}: ${text}`), ...reminders.faults],
  };
}
