/**
 * Aborts with the first of them, until they part.
 * NOTE: not AbortSignal.any: what listens to it, here a whole answer, would be kept until the time-out has passed, long
 * after the answer came.
 */
export function joined(signals: readonly AbortSignal[]): { readonly signal: AbortSignal; part(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    part: () => {
      for (const signal of signals) signal.removeEventListener('abort', stop);
    },
  };
}
