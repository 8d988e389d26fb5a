import type { WatchKind } from '../model/watches/watch-plan.ts';
import { HOUR_MS, PERIOD_MS } from '../model/window.ts';
import type { Scope } from '../ports/scope.ts';
import type { KeptWatch, WatchStore } from '../ports/watches/watch-store.ts';
import { withState } from './after-look.ts';
import { endWatch, memoriesIn } from './decide.ts';

export interface GoneDeps {
  readonly store: WatchStore;
  /** A claim lasts so long, ms. */
  readonly leaseMs: number;
  /** What they are, for people. */
  readonly kind: WatchKind;
  /** Of every file some text is in force: nothing is missing because of a fault. */
  isWhole(): boolean;
}

/** Nobody has looked for so long beyond its interval, ms: servers may have other files while these are changed. */
const QUIET_MS = HOUR_MS / 2;

/** Ends what lasts of watches that no file sets up any more, and forgets them. Looked at twice an hour. */
export function createGone({ store, leaseMs, kind, isWhole }: GoneDeps) {
  let lookedAt = -Infinity;
  return async (names: ReadonlySet<string>, now: number, scope: Scope): Promise<void> => {
    if (!isWhole() || now - lookedAt < QUIET_MS) return;
    lookedAt = now;
    for (const kept of await store.all())
      if (!names.has(kept.name) && isLeft(kept, now)) await end(kept.name, { store, leaseMs, kind, now, scope });
  };
}

function isLeft({ last, since, state }: KeptWatch, now: number): boolean {
  const every = typeof state['everyMs'] === 'number' ? state['everyMs'] : PERIOD_MS;
  return now - (last?.at ?? since) > every + QUIET_MS;
}

interface Around extends Pick<GoneDeps, 'store' | 'leaseMs' | 'kind'> {
  readonly now: number;
  readonly scope: Scope;
}

async function end(name: string, { store, leaseMs, kind, now, scope }: Around): Promise<void> {
  const claimed = await store.claim(name, { slot: now, leaseMs, isAsked: true });
  if (claimed === null) return;
  const { token, kept } = claimed;
  const { memories, ...news } = endWatch(memoriesIn(kept.state), now);
  if (!(await store.keep(token, { kept: withState(kept, { rules: memories }), ...news }))) return;
  await store.forget(token);
  scope.log.info({ [kind]: name }, 'watch removed');
}
