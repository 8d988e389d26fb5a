import type { Clock } from '../../../core/ports/clock.ts';
import { notice } from '../components/notice.ts';
import { unread, whyNot } from '../data/why-not.ts';
import { html, type Html } from '../html.ts';
import { channelsBlock } from './channels.ts';
import { intakesBlock } from './intakes.ts';
import { jobsBlock } from './jobs.ts';
import { schedulesBlock } from './schedules.ts';
import type { StatusSources } from './sources.ts';
import { watchesBlock } from './watches.ts';

/** How a block is shown. */
export interface Shown {
  /** Epoch ms. */
  readonly now: number;
  readonly hasActions: boolean;
}

/** A part of the page; null: there is nothing of the kind. Rejects when it cannot be read. */
export interface Block {
  /** For people, where it cannot be read. */
  readonly name: string;
  make(sources: StatusSources, shown: Shown): Promise<Html | null>;
}

/** Blocks of the page, in order. A new one has a file of its own, and its line here. */
const BLOCKS: readonly Block[] = [watchesBlock, intakesBlock, channelsBlock, schedulesBlock, jobsBlock];

/** All blocks; one that cannot be read in time says so, and the others are shown. */
export async function statusBlocks(sources: StatusSources, shown: Shown, clock: Clock): Promise<Html> {
  const made = await Promise.all(
    BLOCKS.map(async ({ name, make }) => {
      const work = make(sources, shown);
      const why = await whyNot(work, clock);
      return why === null ? work : notice('bad', `${name} are not known. ${unread(why)}`);
    }),
  );
  return html`${made}`;
}
