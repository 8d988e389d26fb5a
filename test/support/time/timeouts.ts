import { getEventListeners } from 'node:events';

/**
 * Time-outs of requests under the test's control, instead of real ones. `expire` ends those that run; `heard`: how many
 * somebody listens to.
 */
export async function withTimeouts<T>(
  work: (timeouts: { readonly asked: readonly number[]; expire(): void; heard(): number }) => Promise<T>,
): Promise<T> {
  const real = AbortSignal.timeout;
  const asked: number[] = [];
  const open = new Set<AbortController>();
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    asked.push(ms);
    open.add(controller);
    return controller.signal;
  };
  const expire = (): void => {
    for (const controller of open) controller.abort(new DOMException('timed out', 'TimeoutError'));
    open.clear();
  };
  try {
    return await work({
      asked,
      expire,
      heard: () => [...open].filter(({ signal }) => getEventListeners(signal, 'abort').length > 0).length,
    });
  } finally {
    AbortSignal.timeout = real;
  }
}
