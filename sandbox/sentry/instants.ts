/** Three date forms, of which vendors mix some. */

/** `2018-11-06T21:19:55Z`, with `.123000` when there is a fraction. */
export function microsText(instant: number | null): string | null {
  if (instant === null) return null;
  const text = new Date(instant).toISOString();
  return instant % 1000 === 0 ? `${text.slice(0, 19)}Z` : `${text.slice(0, 23)}000Z`;
}

/** `2018-11-06T21:19:55Z`, with `.123` when there is a fraction. */
export function millisText(instant: number): string {
  const text = new Date(instant).toISOString();
  return instant % 1000 === 0 ? `${text.slice(0, 19)}Z` : text;
}
