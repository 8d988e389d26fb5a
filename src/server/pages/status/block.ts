import type { Html } from '../html.ts';
import type { StatusSources } from './sources.ts';

/** How a block is shown. */
export interface Shown {
  /** Epoch ms. */
  readonly now: number;
  readonly hasActions: boolean;
}

/** Makes a part of the page; null: there is nothing of the kind. Rejects when it cannot be read. */
export type MakeBlock = (sources: StatusSources, shown: Shown) => Promise<Html | null>;
