/** Epoch ms, or null; `Date.parse` reads all of Sentry's forms. */
export function instantOf(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}
