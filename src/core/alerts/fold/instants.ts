import { isoOf } from '../../model/window.ts';

/** ISO of instants, each written once: all that a window tells names the same few. */
export function instants(): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const text = known.get(at) ?? isoOf(at);
    known.set(at, text);
    return text;
  };
}
