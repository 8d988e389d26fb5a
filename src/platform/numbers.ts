/** Numbers as people read them, the same on every machine. */
export function number(n: number): string {
  return n.toLocaleString('en-US');
}

/** A number with its noun. */
export function many(n: number, what: string): string {
  return `${number(n)} ${what}${n === 1 ? '' : 's'}`;
}

/** `gb`: 10^9 bytes. */
export function gigabytes(gb: number): string {
  return gb < 0.1 ? `${(gb * 1000).toFixed(1)} MB` : `${gb.toFixed(2)} GB`;
}
