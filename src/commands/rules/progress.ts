import { many } from '../../platform/numbers.ts';

/** Says on a terminal how much was read, on a line that is written over. */
export interface ReadProgress {
  count(): void;
  /** Nothing of it stays. */
  end(): void;
}

export function progressOf(out: { write(text: string): unknown }, isTerminal: boolean): ReadProgress {
  const draw = (text: string): void => {
    if (isTerminal) out.write(`\r\u001B[2K${text}`);
  };
  let read = 0;
  return { count: () => draw(`${many(++read, 'request')} answered`), end: () => draw('') };
}
