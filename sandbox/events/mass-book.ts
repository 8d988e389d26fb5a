import { type Mass, type Portion, portionOf } from './masses.ts';

/** All masses, found by project and by issue. */
export type MassBook = {
  add(mass: Mass): void;
  /** Of these projects, or of all: the parts in the span that have arrived by `now`. */
  portions(start: number, end: number, now: number, projects?: Iterable<string>): Portion[];
  ofIssues(ids: Iterable<string>): readonly Mass[];
  clear(): void;
};

export function createMassBook(): MassBook {
  const byProject = new Map<string, Mass[]>();
  const byIssue = new Map<string, Mass[]>();
  return {
    add: (mass) => {
      push(byProject, mass.common.projectId, mass);
      push(byIssue, mass.common.issueId ?? '', mass);
    },
    portions: (start, end, now, projects = byProject.keys()) => {
      const found: Portion[] = [];
      for (const id of projects) {
        for (const mass of byProject.get(id) ?? []) {
          const portion = portionOf(mass, start, end, now);
          if (portion !== null) found.push(portion);
        }
      }
      return found;
    },
    ofIssues: (ids) => [...ids].flatMap((id) => byIssue.get(id) ?? []),
    clear: () => {
      byProject.clear();
      byIssue.clear();
    },
  };
}

function push(map: Map<string, Mass[]>, key: string, mass: Mass): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [mass]);
  else list.push(mass);
}
