export interface CrashDeps {
  /** Writes these words, masked, to `out`. */
  say(words: string): void;
  readonly out: { readonly writableLength: number; write(text: string, done: () => void): unknown };
  /** Aborts every run in hand. */
  abort(): void;
  sleep(ms: number): Promise<void>;
  exit(code: number): void;
}

/** The reader of a pipe that is full gets so long to empty it, ms. */
export const FLUSH_MS = 1_000;

/**
 * What to do about an error that nothing caught: say it in one line, and end. Nothing waits for the runs in hand: what
 * broke may have left them in a state that nobody thought of, and what they sent from there could be wrong, or be
 * forgotten and sent again. A run that ends here has not answered: a second server takes the post, else a person names
 * the window anew (`end`).
 * NOTE: only the stack is said: an error's own properties may be the HTTP client's request, with our keys.
 */
export function createCrash({ say, out, abort, sleep, exit }: CrashDeps): (error: unknown) => void {
  let isEnding = false;
  return (error) => {
    if (isEnding) return;
    isEnding = true;
    try {
      say(stackOf(error));
    } catch {
      // Whatever cannot be said: the exit code still says that something was.
    }
    // Usually all is written by now, and then nothing else runs any more.
    if (out.writableLength === 0) return exit(1);
    abort();
    out.write('', () => exit(1));
    void sleep(FLUSH_MS).then(() => exit(1));
  };
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return typeof error.stack === 'string' ? error.stack : `${error.name}: ${error.message}`;
}
