import { type AddPages, createPage, type PageOptions } from '../../server/pages/index.ts';
import type { Parts } from '../make-parts.ts';
import type { World } from '../world.ts';

/** What pages show beside what the program was made of. */
export type Shown = Pick<PageOptions, 'inForce' | 'memory' | 'openScope' | 'alerting' | 'status'>;

/** The pages for people; undefined: they are not wanted. */
export function pagesOf(
  { settings, source, sinks, ledger, log, redact, intakes, tickets }: Parts,
  shown: Shown,
  { server, now, sleep }: World,
): AddPages | undefined {
  const { page, pageToken: token, pageUsers: users, publicUrl, dryRun, settleMs } = settings;
  if (!page) return undefined;
  return createPage({
    ...shown,
    tickets,
    sinks,
    source,
    readModel: ledger.readModel,
    events: intakes === undefined ? undefined : { store: intakes.store, projects: intakes.names, timed: intakes.timed },
    ledgerTrouble: () => ledger.trouble?.() ?? null,
    onError: ledger.sharing.onError,
    token,
    users,
    publicUrl,
    redact,
    log,
    dryRun,
    settleMs,
    server,
    now,
    sleep,
  });
}
