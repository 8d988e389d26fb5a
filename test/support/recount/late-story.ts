import type { EventInput } from '../../../sandbox/index.ts';
import type { FilterSpec } from '../e2e/service.ts';
import { dice } from '../e2e/story.ts';

const FIVE_MS = 300_000;
/** Later than the first count, and at most 20 hours, seconds. */
const [SOONEST, LATEST] = [130, 72_000];
export const PROJECTS = ['p-0', 'p-1', 'p-2', 'p-3'] as const;
/** Two filters look at the same project, one at two. */
export const FILTERS: readonly FilterSpec[] = [
  { name: 'both', projects: ['p-0', 'p-1'] },
  { name: 'one', projects: ['p-1'] },
  { name: 'two', projects: ['p-2'] },
  { name: 'three', projects: ['p-3'] },
];

/** An event as this story knows it: which project, when it happened, when Sentry had it. */
export interface StoryEvent {
  readonly at: number;
  readonly arrivedAt: number;
  readonly project: string;
}

/**
 * Events of `windows` windows from `first` on.
 * 3 of 100 come late, most of them within the hour, the others within seconds.
 */
export function lateStory(seed: number, first: number, windows: number, perWindow: number): readonly StoryEvent[] {
  const roll = dice(seed);
  return Array.from({ length: windows }, (_, window) =>
    PROJECTS.flatMap((project, n) =>
      Array.from({ length: Math.round(perWindow * (0.5 + roll()) * (n + 1)) }, (): StoryEvent => {
        const at = first + window * FIVE_MS + Math.floor(roll() * 300) * 1000;
        return {
          at,
          project,
          arrivedAt:
            at +
            (roll() < 0.03 ? Math.floor(SOONEST * (LATEST / SOONEST) ** roll() * 1000) : Math.floor(roll() * 3000)),
        };
      }),
    ),
  ).flat();
}

/** As the sandbox takes them, alike ones together. */
export function inputsOf(events: readonly StoryEvent[]): readonly EventInput[] {
  const alike = new Map<string, EventInput & { repeat: number }>();
  for (const { at, arrivedAt, project } of events) {
    const name = `${project} ${at} ${arrivedAt}`;
    const known = alike.get(name);
    if (known === undefined)
      alike.set(name, {
        at,
        arrivedAt,
        project,
        issue: 100 + PROJECTS.indexOf(project as 'p-0'),
        title: 'Error: x',
        user: 'id:1',
        repeat: 1,
      });
    else known.repeat++;
  }
  return [...alike.values()];
}

/** How many events there are, by `<filter> <project> <window start>`: counted one by one. */
export function truthOf(events: readonly StoryEvent[], first: number, windows: number): ReadonlyMap<string, number> {
  const truth = new Map<string, number>();
  for (const { name, projects } of FILTERS)
    for (const project of projects)
      for (let n = 0; n < windows; n++)
        truth.set(`${name} ${project} ${new Date(first + n * FIVE_MS).toISOString()}`, 0);
  for (const { at, project } of events) {
    const start = new Date(Math.floor(at / FIVE_MS) * FIVE_MS).toISOString();
    for (const filter of FILTERS) {
      if (!filter.projects.includes(project)) continue;
      const key = `${filter.name} ${project} ${start}`;
      truth.set(key, truth.get(key)! + 1);
    }
  }
  return truth;
}

/** Start of a window of which an event came so long after its end: more than `fromMs`, less than `toMs`. */
export function windowWithLate(events: readonly StoryEvent[], fromMs: number, toMs: number): number {
  const found = events.find(({ at, arrivedAt }) => {
    const after = arrivedAt - (Math.floor(at / FIVE_MS) + 1) * FIVE_MS;
    return after > fromMs && after < toMs;
  });
  if (found === undefined) throw new Error('the story has no such event; take another seed');
  return Math.floor(found.at / FIVE_MS) * FIVE_MS;
}
