import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY_MS } from '../../../core/model/window.ts';
import type { User } from './user.ts';

/** Proof that a form was made here, for this person, today: the same on every server, and known to nobody else. */
export function proofFor(user: User, now: number): string {
  return proofOf(user, Math.floor(now / DAY_MS));
}

/** Whether it is that of today, or of yesterday: a form may be filled in over midnight. */
export function isProof(given: unknown, user: User, now: number): boolean {
  const today = Math.floor(now / DAY_MS);
  const text = Buffer.from(typeof given === 'string' ? given : '');
  return [today, today - 1].some((day) => {
    const proof = Buffer.from(proofOf(user, day));
    return proof.length === text.length && timingSafeEqual(proof, text);
  });
}

function proofOf({ name, token }: User, day: number): string {
  return createHmac('sha256', token).update(`sentry-monitor action ${name} ${day}`).digest('base64url');
}
