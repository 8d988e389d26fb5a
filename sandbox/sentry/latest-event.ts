import { type Answer, json, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { notFound } from './errors.ts';
import { eventJson, fullFields } from './event-json.ts';
import type { Target } from './target.ts';

/** GET [organizations/{org}/]issues/{id}/events/latest/: the newest event that has arrived, in full. */
export function latestEvent(state: State, _request: VendorRequest, { key }: Target): Answer {
  const id = state.issues.current(key);
  const own = state.events.singleOfIssue(new Set([id]), state.clock.now());
  const [newest] = own.toSorted((one, other) => other.at - one.at);
  if (newest === undefined || state.projects.byId(newest.projectId)?.access !== 'full') throw notFound();
  return json(200, { ...eventJson(state, newest), ...fullFields(newest), nextEventID: null, previousEventID: null });
}
