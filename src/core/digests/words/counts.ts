/** `1,204` */
export function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1,204 events`, `1 event` */
export function many(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** Of a few names all, of many the first ones and how many more. */
export function someOf(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${number(rest)} more` : names.join(', ');
}
