import type { Html } from '../html.ts';
import type { StatusSources } from './sources.ts';

/** How a block is shown. */
export interface Shown {
  /** Epoch ms. */
  readonly now: number;
  readonly hasActions: boolean;
}

/** Makes a part of the page, where there may be anything of the kind; null: there is not. Rejects when it is unread. */
export type MakeBlock = (sources: StatusSources, shown: Shown) => Promise<Html | null>;
