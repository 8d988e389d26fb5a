import type { Clock } from '../../../core/ports/clock.ts';

/** What takes longer than this may never come to an end, ms. */
const MOST_MS = 60_000;

/** Does a work by its key; who asks for the same while it is under way gets that one. */
export function shareWork<T>({ now }: Pick<Clock, 'now'>): (key: string, begin: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, { readonly at: number; readonly work: Promise<T> }>();
  return (key, begin) => {
    const old = underWay.get(key);
    if (old !== undefined && now() - old.at < MOST_MS) return old.work;
    const work = begin();
    underWay.set(key, { at: now(), work });
    const forget = (): void => void (underWay.get(key)?.work === work && underWay.delete(key));
    work.then(forget, forget);
    return work;
  };
}
