import type { Facts } from '../ports/backup/item.ts';
import type { Digest } from '../ports/backup/place.ts';

/** What lies beside a copy and says what it was found to be. */
export interface CopyProof extends Digest {
  /** Version of the program. */
  readonly madeBy: string;
  readonly facts: Facts;
  readonly said: string;
}

export function proofText(proof: CopyProof): string {
  return `${JSON.stringify(proof, null, 2)}\n`;
}

/** Null: it proves nothing. */
export function proofIn(text: string): CopyProof | null {
  try {
    const read = JSON.parse(text) as Partial<CopyProof> | null;
    const isWhole = typeof read?.sha256 === 'string' && typeof read.facts === 'object' && typeof read.said === 'string';
    return isWhole ? (read as CopyProof) : null;
  } catch {
    return null;
  }
}
