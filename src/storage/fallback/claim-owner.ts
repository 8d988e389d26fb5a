import type { Hold } from '../../core/ports/claims.ts';

/** Marks the tokens of claims that this process granted to itself; all others are the shared ledger's. */
const OWN = 'own ';

export function ownToken(token: string): string {
  return `${OWN}${token}`;
}

export function isShared({ token }: Pick<Hold, 'token'>): boolean {
  return !token.startsWith(OWN);
}

/** With the token as this process's own claims know it. */
export function asOwn<T extends Hold>(hold: T): T {
  return { ...hold, token: hold.token.slice(OWN.length) };
}

/** Asks whoever granted the claims, this process first. An answer for each hold, in their order. */
export async function askOwners<T extends Hold, R>(
  holds: readonly T[],
  askOwn: (holds: readonly T[]) => Promise<readonly R[]>,
  askShared: (holds: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const shared = holds.filter(isShared);
  const own = holds.filter((hold) => !isShared(hold));
  const ownAnswers = own.length === 0 ? [] : await askOwn(own);
  const sharedAnswers = shared.length === 0 ? [] : await askShared(shared);
  const answers = new Map([
    ...own.map((hold, index) => [hold, ownAnswers[index]!] as const),
    ...shared.map((hold, index) => [hold, sharedAnswers[index]!] as const),
  ]);
  return holds.map((hold) => answers.get(hold)!);
}
