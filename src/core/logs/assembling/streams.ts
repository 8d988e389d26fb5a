import { newStream, type Stream, type StreamState, streamOf } from './stream-state.ts';

export interface Streams {
  /** The stream of that name; one that is new begins empty. */
  of(name: string): Stream;
  all(): readonly Stream[];
}

/** How many lines pass until it is counted how many are held. */
const STEP = 1_024;

/**
 * All streams of a file. When they hold more than `most` lines, those that were quiet longest are given up: `giveUp`
 * ends what they have open, and what stood before it is forgotten. `settle`: nothing of it waits any more.
 */
export function createStreams(
  before: readonly StreamState[],
  most: number,
  { settle, giveUp }: { readonly settle: (stream: Stream) => void; readonly giveUp: (stream: Stream) => void },
): Streams {
  const known = new Map(before.map((stream) => [stream.name, streamOf(stream)]));
  let count = Math.max(0, ...before.map(({ used }) => used));

  function makeRoom(): void {
    let held = 0;
    for (const stream of known.values()) {
      if (stream.used > count - STEP) {
        settle(stream);
        for (const [n, line] of stream.recent.entries()) stream.recent[n] = alone(line);
      }
      held += heldBy(stream);
    }
    if (held <= most) return;
    for (const stream of [...known.values()].toSorted((a, b) => a.used - b.used)) {
      if (held <= most / 2) return;
      held -= heldBy(stream);
      giveUp(stream);
      known.delete(stream.name);
    }
  }

  return {
    of(name) {
      if (++count % STEP === 0) makeRoom();
      let stream = known.get(name);
      if (stream === undefined) known.set(name, (stream = newStream(name)));
      stream.used = count;
      return stream;
    },
    all: () => [...known.values()],
  };
}

/** NOTE: a piece of a text keeps all of the text in memory: what is kept for long is copied. */
function alone(line: string): string {
  return `${line} `.slice(0, -1);
}

function heldBy({ recent, open }: Stream): number {
  return 1 + recent.length + (open === null ? 0 : open.body.first.length + open.body.last.length);
}
