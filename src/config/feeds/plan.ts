import type { WatchPlan } from '../../core/model/watches/watch-plan.ts';
import { HOUR_MS } from '../../core/model/window.ts';
import type { PlacedPart } from '../filters/parts/placed.ts';
import { everyOf } from '../watches/plan.ts';

/** Of a file without faults: how often a sheet or a calendar is read. Nothing is told of what it says. */
export function feedPlan({ name, file, line, feed = {} }: PlacedPart & { readonly file: string }): WatchPlan {
  return {
    name,
    everyMs: everyOf(feed, HOUR_MS / 2),
    labels: {},
    rules: [],
    isCertificate: false,
    where: `${file}:${line}`,
  };
}
