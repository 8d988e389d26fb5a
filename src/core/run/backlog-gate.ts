/** Whose turn it is in this process: current windows go first, and one at a time works on the backlog. */
export interface BacklogGate {
  /** A current window is in hand until the function that comes back is called. */
  current(): () => void;
  /** Resolves once no current window is in hand, or when the signal aborts. */
  clear(signal: AbortSignal): Promise<void>;
  /** The backlog is ours until the function that comes back is called; null: somebody else has it. */
  take(): (() => void) | null;
  /** The same once it is free; null: the signal aborted before. */
  wait(signal: AbortSignal): Promise<(() => void) | null>;
  /** The process is about to end: nothing more of the backlog is begun. */
  rest(): void;
  isResting(): boolean;
}

export function createBacklogGate(): BacklogGate {
  const state = { current: 0, isTaken: false, isResting: false };
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const wake of [...waiting]) wake();
  };
  const until = async (isTrue: () => boolean, signal: AbortSignal): Promise<void> => {
    while (!isTrue() && !signal.aborted) await nextChange(waiting, signal);
  };
  const take = (): (() => void) | null => {
    if (state.isTaken) return null;
    state.isTaken = true;
    return once(() => {
      state.isTaken = false;
      changed();
    });
  };
  return {
    current: () => {
      state.current++;
      return once(() => {
        state.current--;
        changed();
      });
    },
    clear: (signal) => until(() => state.current === 0 || state.isResting, signal),
    take,
    async wait(signal) {
      await until(() => !state.isTaken, signal);
      return signal.aborted ? null : take();
    },
    rest: () => {
      state.isResting = true;
      changed();
    },
    isResting: () => state.isResting,
  };
}

function nextChange(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const wake = (): void => {
      waiting.delete(wake);
      signal.removeEventListener('abort', wake);
      done();
    };
    waiting.add(wake);
    signal.addEventListener('abort', wake, { once: true });
  });
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
