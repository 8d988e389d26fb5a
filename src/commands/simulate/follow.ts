import type { Clock } from '../../core/ports/clock.ts';

/** What a step came to. */
export type StepState =
  | { readonly status: 'done'; readonly say: string }
  /** Not yet; `say`: what would have to happen, or what is in the way. */
  | { readonly status: 'waits'; readonly say: string }
  /** It will not happen any more. */
  | { readonly status: 'failed'; readonly say: string };

/** A station of an event on its way to people. */
export interface Step {
  readonly name: string;
  /** Looks once. May reject: that is looked at again, and is why it failed in the end. */
  look(): Promise<StepState>;
}

export interface StepTaken {
  readonly step: string;
  readonly status: 'done' | 'failed';
  /** From the begin, ms. */
  readonly ms: number;
  readonly say: string;
}

export interface FollowDeps extends Clock {
  readonly shutdown: AbortSignal;
  /** Between two looks, ms. */
  readonly everyMs: number;
  /** For all steps together, ms. */
  readonly limitMs: number;
  told(step: StepTaken): void;
}

/** Waits for one step after the other; ends with the first that does not happen. True: all did. */
export async function follow(steps: readonly Step[], deps: FollowDeps): Promise<boolean> {
  const began = deps.now();
  for (const { name, look } of steps) {
    const state = await untilOver(look, began + deps.limitMs, deps);
    const status = state.status === 'done' ? 'done' : 'failed';
    deps.told({ step: name, status, ms: deps.now() - began, say: state.say });
    if (status === 'failed') return false;
  }
  return true;
}

async function untilOver(look: Step['look'], until: number, deps: FollowDeps): Promise<StepState> {
  for (;;) {
    const state = await look().catch((error: unknown): StepState => ({ status: 'waits', say: textOf(error) }));
    if (state.status !== 'waits') return state;
    if (deps.now() + deps.everyMs > until) return state;
    const slept = await deps.sleep(deps.everyMs, deps.shutdown).then(
      () => true,
      () => false,
    );
    if (!slept) return { status: 'failed', say: 'stopped' };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
