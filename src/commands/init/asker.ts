import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks a person. Its promises reject with a Stopped when the person goes away. */
export interface Asker {
  /** `otherwise`: what Enter means; undefined: nothing. Gives back the trimmed answer. */
  ask(question: string, otherwise?: string): Promise<string>;
  /** What is typed is not shown. */
  askSecret(question: string): Promise<string>;
  close(): void;
}

/** Ctrl-C, or the end of the input. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** The person wants an end, also of what is under way. */
  onStop(): void;
}

/**
 * NOTE: what is typed is shown during a visible question alone, and from its line break on no more: lines that were
 * pasted together may hold a secret.
 */
export function createAsker({ input, output, onStop }: Terminal): Asker {
  const echo = createEcho(output);
  const lines = createInterface({ input, output: echo.stream, terminal: true, historySize: 0 });
  const typed = collect(lines, echo, onStop);
  return {
    async ask(question, otherwise) {
      lines.setPrompt(`${question}${otherwise === undefined ? '' : ` [${otherwise}]`}: `);
      echo.show(true);
      lines.prompt(true);
      const answer = (await typed.next()).trim();
      return answer === '' ? (otherwise ?? '') : answer;
    },
    async askSecret(question) {
      output.write(`${question}, not shown: `);
      lines.setPrompt('');
      echo.show(false);
      const answer = await typed.next();
      output.write('\n');
      return answer.trim();
    },
    close: () => typed.close(),
  };
}

interface Echo {
  readonly stream: Writable;
  show(isShown: boolean): void;
}

function createEcho(output: NodeJS.WritableStream): Echo {
  let isShown = false;
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (isShown) output.write(chunk);
      done();
    },
  });
  const columns = (): number | undefined => (output as { readonly columns?: number }).columns;
  Object.defineProperty(stream, 'columns', { get: columns });
  return { stream, show: (shown) => void (isShown = shown) };
}

/** Keeps lines that come before their question. */
interface Typed {
  next(): Promise<string>;
  close(): void;
}

function collect(lines: Interface, echo: Echo, onStop: () => void): Typed {
  const early: string[] = [];
  let waiting: { done(line: string): void; fail(error: Stopped): void } | undefined;
  let isOver = false;
  lines.on('line', (line) => {
    echo.show(false);
    if (waiting === undefined) early.push(line);
    else waiting.done(line);
    waiting = undefined;
  });
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    if (isOver) return;
    isOver = true;
    waiting?.fail(new Stopped('stopped'));
    onStop();
  });
  return {
    next: () =>
      new Promise((done, fail) => {
        const line = early.shift();
        if (line !== undefined) done(line);
        else if (isOver) fail(new Stopped('stopped'));
        else waiting = { done, fail };
      }),
    close: () => {
      isOver = true;
      lines.close();
    },
  };
}
