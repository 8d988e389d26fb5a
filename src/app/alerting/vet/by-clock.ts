import type { FilterFault, FilterSet } from '../../../config/filters/load.ts';
import { endedMutes } from './ended-mutes.ts';
import { quietDigests } from './quiet-digests.ts';

/** What is odd about files at this hour, for whoever checks them now. `now`: epoch ms. */
export async function oddByClock(
  set: Pick<FilterSet, 'digests' | 'parts' | 'mutes'>,
  now: number,
): Promise<readonly Pick<FilterFault, 'where' | 'text'>[]> {
  return [...endedMutes(set, now), ...(await quietDigests(set, now))];
}
