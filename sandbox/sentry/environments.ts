import type { State } from '../world/state.ts';

/** Of a project: declared ones, and those of its events that have arrived. */
export function environmentsOf(state: State, projectId: string): string[] {
  const now = state.clock.now();
  const seen = [...state.events.environments(projectId)].filter(([, since]) => since <= now).map(([name]) => name);
  return [...new Set([...state.environments, ...seen])].sort();
}

export function environmentJson(name: string, index: number): Record<string, unknown> {
  return { id: String(index + 1), name, isHidden: false };
}
