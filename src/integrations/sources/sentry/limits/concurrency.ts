/**
 * How many requests are in flight at once (AIMD): few at first, one more per answer; half when the server has too many
 * of them, then slowly more.
 */
export interface Concurrency {
  slots(): number;
  /** `isOverloaded`: the answer says that the server has too much to do. */
  observe(answer: { readonly sentAt: number; readonly isOverloaded: boolean }, now: number): void;
}

/** In flight before the server has answered anything. */
const START = 5;

export function createConcurrency(most: number): Concurrency {
  let slots = Math.min(most, START);
  let cutAt: number | null = null;
  return {
    slots: () => Math.floor(slots),
    observe: ({ sentAt, isOverloaded }, now) => {
      if (!isOverloaded) slots = Math.min(most, slots + (cutAt === null ? 1 : 1 / slots));
      // What left before the cut says nothing new.
      else if (cutAt === null || sentAt > cutAt) {
        slots = Math.max(1, slots / 2);
        cutAt = now;
      }
    },
  };
}
