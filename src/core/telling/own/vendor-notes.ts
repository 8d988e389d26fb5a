import type { Fault } from '../../model/fault.ts';
import { isoOf } from '../../model/window.ts';
import type { Admin } from './admin.ts';
import { judged, type Patience } from './patience.ts';

/** What somebody whom we need came to just now. */
export interface VendorSaid {
  readonly name: string;
  /** Null: it works. */
  readonly fault: Fault | null;
  /** Trouble that may pass is told when the last good result is so old, ms. */
  readonly patienceMs: number;
}

/** Tells the admin of vendors that are away for long, or that fail for good; and that they are back. Never rejects. */
export type NoteVendor = (said: VendorSaid) => Promise<void>;

export interface VendorNotesDeps {
  readonly admin: Pick<Admin, 'tell'>;
  now(): number;
}

/** The patience with each begins when this is made. */
export function createVendorNotes({ admin, now }: VendorNotesDeps): NoteVendor {
  const start = now();
  const known = new Map<string, Patience>();
  return async ({ name, fault, patienceMs }) => {
    const before = known.get(name) ?? { goodAt: start, isTold: false };
    const { patience, tell } = judged(before, fault, now(), patienceMs);
    known.set(name, patience);
    const since = isoOf(before.goodAt);
    if (tell === 'recovered') await admin.tell(`back/${name}`, `${name} works again; it had been away since ${since}.`);
    if (tell === 'stale') await admin.tell(`away/${name}`, `${name} has given no good result since ${since}.`);
    if (tell === 'failure' && fault !== null)
      await admin.tell(
        `failure/${name}`,
        `${name} fails, and not by chance, at ${isoOf(now())}: ${fault.message}`,
        fault.trace,
      );
  };
}
