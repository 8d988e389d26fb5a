import { DAY_MS } from '../../model/window.ts';

/** So long after a change of method its old keys are known, ms. */
export const RENAMED_MS = 30 * DAY_MS;

/** A key that an issue had by the method before. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

export interface Method {
  readonly number: number;
  key(): string;
}

/**
 * What a record's issue was called before: for so long after the change that every issue that still happens is known
 * by both. Null: the method did not change, or its time is over. `changedAt`, `at`: epoch ms.
 */
export function renamedOf(now: Method, before: Method | null, changedAt: number, at: number): Renamed | null {
  if (before === null || at >= changedAt + RENAMED_MS) return null;
  const [from, to] = [before.key(), now.key()];
  return from === to ? null : { from, to };
}

/**
 * When an issue happened first, under whatever key: an issue that was only renamed is not new. Null: never before.
 */
export function firstOf(key: string, renamed: readonly Renamed[], firsts: ReadonlyMap<string, number>): number | null {
  const keys = [key, ...renamed.filter(({ to }) => to === key).map(({ from }) => from)];
  const known = keys.flatMap((it) => firsts.get(it) ?? []);
  return known.length === 0 ? null : Math.min(...known);
}
