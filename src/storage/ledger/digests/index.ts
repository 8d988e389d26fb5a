import type { DigestStore } from '../../../core/ports/alerting/digest-store.ts';
import type { Database } from '../../database/database.ts';
import { claimDigest, forgetDigests, lookAtDigests, putDigests, tellDigest } from './book.ts';
import { beginDigest, moveDigest } from './places.ts';
import { issueCountsIn, issuesOver } from './issues.ts';
import { toldIn } from './told.ts';
import { barsIn, isUndecidedIn, sumsIn, windowsIn } from './windows.ts';

/** What digests are made of, and which slots were told, in tables. */
export function sqlDigests(database: Database): DigestStore {
  return {
    look: async (now, breakMs) => lookAtDigests(await database.ready(), now, breakMs),
    put: async (digests) => putDigests(await database.ready(), digests),
    forget: async (keys) => forgetDigests(await database.ready(), keys),
    claim: async (key, end, leaseMs) => claimDigest(await database.ready(), key, { end, leaseMs }),
    told: async (key, end, message, now) => tellDigest(await database.ready(), key, { end, message, now }),
    begin: async (key, place) => beginDigest(await database.ready(), key, place),
    moved: async (key, move) => moveDigest(await database.ready(), key, move),
    windows: async (filters, span) => windowsIn(await database.ready(), filters, span),
    sums: async (filters, span) => sumsIn(await database.ready(), filters, span),
    isUndecided: async (filters, span) => isUndecidedIn(await database.ready(), filters, span),
    bars: async (filters, span, barMs) => barsIn(await database.ready(), filters, { ...span, barMs }),
    issues: async (filters, span) => issuesOver(await database.ready(), filters, span),
    issueCounts: async (filters, span) => issueCountsIn(await database.ready(), filters, span),
    tellings: async (filters, span) => toldIn(await database.ready(), filters, span),
  };
}
