import { newStream, type StreamState } from './stream-state.ts';

export interface Streams {
  /** The stream of that name; one that is new begins empty. */
  of(name: string): StreamState;
  all(): readonly StreamState[];
}

/** How many lines pass until it is counted how many are held. */
const STEP = 1_024;

/**
 * All streams of a file. When they hold more than `most` lines, those that were quiet longest are given up: `giveUp`
 * ends what they have open, and what stood before it is forgotten.
 */
export function createStreams(
  before: readonly StreamState[],
  most: number,
  giveUp: (stream: StreamState) => void,
): Streams {
  const known = new Map(before.map((stream) => [stream.name, structuredClone(stream)]));
  let count = Math.max(0, ...before.map(({ used }) => used));
  let last: StreamState | null = null;

  function makeRoom(): void {
    let held = 0;
    for (const stream of known.values()) {
      held += heldBy(stream);
      if (stream.used > count - STEP) for (const [n, line] of stream.recent.entries()) stream.recent[n] = alone(line);
    }
    if (held <= most) return;
    for (const stream of [...known.values()].toSorted((a, b) => a.used - b.used)) {
      if (held <= most / 2) return;
      held -= heldBy(stream);
      giveUp(stream);
      known.delete(stream.name);
    }
    last = null;
  }

  return {
    of(name) {
      if (++count % STEP === 0) makeRoom();
      if (last === null || last.name !== name) {
        last = known.get(name) ?? newStream(name);
        known.set(name, last);
      }
      last.used = count;
      return last;
    },
    all: () => [...known.values()],
  };
}

/** NOTE: a piece of a text keeps all of the text in memory: what is kept for long is copied. */
function alone(line: string): string {
  return `${line} `.slice(0, -1);
}

function heldBy({ recent, open }: StreamState): number {
  return 1 + recent.length + (open === null ? 0 : open.body.first.length + open.body.last.length);
}
