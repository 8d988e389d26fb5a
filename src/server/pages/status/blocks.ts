import type { Clock } from '../../../core/ports/clock.ts';
import { notice } from '../components/notice.ts';
import { unread, whyNot } from '../data/why-not.ts';
import { html, type Html } from '../html.ts';
import type { MakeBlock, Shown } from './block.ts';
import type { StatusSources } from './sources.ts';

/** A part of the page, in a file of its own, which is loaded where there is anything of the kind. */
interface Block {
  /** For people, where it cannot be read. */
  readonly name: string;
  isThere(sources: StatusSources): boolean;
  /** That it cannot be read is news to people only if this server uses it. Absent: it does. */
  isUsed?(sources: StatusSources): boolean;
  load(): Promise<MakeBlock>;
}

/** Blocks of the page, in order. A new one has its file, and its entry here. */
const BLOCKS: readonly Block[] = [
  {
    name: 'Watches',
    isThere: ({ watches }) => watches !== undefined && watches.plans().length > 0,
    load: async () => (await import('./watches.ts')).watchesBlock,
  },
  {
    name: 'Intakes',
    isThere: ({ events }) => events !== undefined && events.projects.length > 0,
    load: async () => (await import('./intakes.ts')).intakesBlock,
  },
  {
    name: 'Channels',
    isThere: ({ alerting }) => alerting?.isWanted() ?? false,
    load: async () => (await import('./channels.ts')).channelsBlock,
  },
  { name: 'Schedules', isThere: () => true, load: async () => (await import('./schedules.ts')).schedulesBlock },
  {
    name: 'Backups',
    isThere: ({ backup }) => backup !== undefined,
    isUsed: ({ backup }) => backup!.plan() !== undefined,
    load: async () => (await import('./backup.ts')).backupBlock,
  },
  { name: 'Jobs', isThere: ({ jobs }) => jobs().length > 0, load: async () => (await import('./jobs.ts')).jobsBlock },
];

/** All blocks; one that cannot be read in time says so, and the others are shown. */
export async function statusBlocks(sources: StatusSources, shown: Shown, clock: Clock): Promise<Html> {
  const made = await Promise.all(
    BLOCKS.filter(({ isThere }) => isThere(sources)).map(async ({ name, isUsed, load }) => {
      const make = await load();
      const work = make(sources, shown);
      const why = await whyNot(work, clock);
      if (why === null) return work;
      return isUsed?.(sources) === false ? null : notice('bad', `${name} are not known. ${unread(why)}`);
    }),
  );
  return html`${made}`;
}
