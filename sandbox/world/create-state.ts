import { createClock } from '../clock.ts';
import { createEventStore } from '../events/event-store.ts';
import { createFaultBoard } from '../http/faults.ts';
import { createRequestLog } from '../http/requests.ts';
import { randomFrom, seedOf } from '../random.ts';
import { createLimiter, DECLARED_LIMITS, type Limit } from '../sentry/limits.ts';
import type { Endpoint, FlavourName, Story } from '../types.ts';
import { createIssueBook } from './issues.ts';
import { createProjectBook } from './projects.ts';
import { nothingReceived } from './received.ts';
import { DEFAULT_SETTINGS, type Keys, type State } from './state.ts';

export type StateOptions = {
  readonly now: () => number;
  readonly seed: number;
  readonly keys: Keys;
  readonly story: Story | undefined;
  readonly flavour: FlavourName;
};

/** Filled from the story. */
export function createState({ now, seed, keys, story, flavour }: StateOptions): State {
  let draws = 0;
  const behind = (): Story | undefined => story;
  const state: State = {
    keys,
    story,
    flavour,
    settings: { ...DEFAULT_SETTINGS },
    clock: createClock(now),
    projects: createProjectBook(),
    issues: createIssueBook(behind, (ids, at) =>
      state.events
        .singleOfIssue(ids, at)
        .map(({ arrivedAt, id, release }) => ({ at: arrivedAt, eventId: id, release })),
    ),
    events: createEventStore(behind),
    environments: new Set(),
    faults: createFaultBoard(),
    requests: createRequestLog(),
    limiter: createLimiter(),
    received: nothingReceived(),
    nextRandom: () => randomFrom(seedOf(seed, 'draw', draws++)),
  };
  fillFromStory(state);
  return state;
}

function fillFromStory(state: State): void {
  for (const project of state.story?.projects ?? []) state.projects.put(project);
  for (const name of state.story?.environments ?? []) state.environments.add(name);
}

/** `saas`: the limits Sentry declares; `off`: none. */
export type LimitChange = 'saas' | 'off' | { endpoint: Endpoint; limit: Limit | undefined };

export function setLimits(state: State, what: LimitChange): void {
  if (typeof what === 'object') {
    state.limiter.set(what.endpoint, what.limit);
    return;
  }
  state.limiter.clear();
  if (what === 'off') return;
  for (const [endpoint, limit] of Object.entries(DECLARED_LIMITS)) state.limiter.set(endpoint as Endpoint, limit);
}

/** As it was at first; `flavour` is the first one. */
export function resetState(state: State, flavour: FlavourName): void {
  state.projects.clear();
  state.issues.clear();
  state.events.clear();
  state.environments.clear();
  state.faults.clear();
  state.requests.clear();
  state.limiter.clear();
  state.clock.real();
  state.received = nothingReceived();
  Object.assign(state.settings, DEFAULT_SETTINGS);
  fillFromStory(state);
  state.flavour = flavour;
}
