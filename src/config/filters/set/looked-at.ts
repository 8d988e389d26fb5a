import type { WatchPlan } from '../../../core/model/watches/watch-plan.ts';
import { feedPlan } from '../../feeds/plan.ts';
import { type Channels, watchPlan } from '../../watches/plan.ts';
import type { PlacedPart } from '../parts/placed.ts';

/** What files without faults ask to be looked at now and then. */
export interface LookedAtPlans {
  readonly watches: readonly WatchPlan[];
  readonly sheets: readonly WatchPlan[];
  readonly calendars: readonly WatchPlan[];
}

type Part = PlacedPart & { readonly file: string };

export function lookedAtIn(parts: readonly Part[], channels: Channels): LookedAtPlans {
  const of = (section: Part['section']): readonly Part[] => parts.filter((part) => part.section === section);
  return {
    watches: of('watches').map((part) => watchPlan(part, channels)),
    sheets: of('sheets').map(feedPlan),
    calendars: of('calendars').map(feedPlan),
  };
}
