/**
 * How something stands, as signs and colours show it; trend: nothing is wrong with the numbers, and they tell of an
 * issue that trends; idle: nothing can be said.
 */
export type Health = 'good' | 'trend' | 'warn' | 'bad' | 'idle';

/** The gravest of them; idle when there is none. */
export function worstOf(all: readonly Health[]): Health {
  return (['bad', 'warn', 'trend', 'good'] as const).find((health) => all.includes(health)) ?? 'idle';
}
