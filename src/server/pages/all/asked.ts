import type { PageData } from '../data/model.ts';
import type { ViewRead } from '../view/read-view.ts';

/** What a page of all filters shows: the numbers, what was chosen, and what of the address was not taken. */
export interface Asked extends ViewRead {
  readonly data: PageData;
}
