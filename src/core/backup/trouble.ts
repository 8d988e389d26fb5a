import { faultOf } from '../model/errors.ts';

/** Something about a copy or its place that only people can mend. The message says what, and is for them. */
export class BackupTrouble extends Error {
  override readonly name = 'BackupTrouble';
}

/** What went wrong with a copy, for people: ours as we say it, and the system's own as it says it. */
export function whyOf(error: unknown): string {
  const isKnown = error instanceof BackupTrouble || (error instanceof Error && 'code' in error);
  return isKnown ? error.message : faultOf(error).message;
}
