/** How something stands, as the page's signs and colours show it; idle: nothing can be said. */
export type Health = 'good' | 'warn' | 'bad' | 'idle';

/** The gravest of them; idle when there is none. */
export function worstOf(all: readonly Health[]): Health {
  return (['bad', 'warn', 'good'] as const).find((health) => all.includes(health)) ?? 'idle';
}
