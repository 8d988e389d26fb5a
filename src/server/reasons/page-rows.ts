import { row } from './row.ts';

/** What only the page says. */
export const PAGE_ROWS = {
  'page-no-run': row(
    '*No run yet*, *Nothing to judge*',
    'no window was counted: nobody has posted to `/run`, or this server has just started and has no ledger',
    'set up the cron job, or run its line by hand; without a ledger wait for the next run',
  ),
  'page-late': row(
    '*Late*',
    'no run has come for the last windows: the cron is gone, or cannot reach the server',
    "run the cron's line by hand",
  ),
  'page-not-counted': row(
    '*not counted*',
    'no run counted that window, or the filter could not be read in it',
    'look at the log for `filter not read`; with a ledger it is caught up',
  ),
  'page-never-ended': row(
    '*never ended*',
    'the server died in that run, or was killed',
    "look at that server's log; with a ledger the next run sends what is missing",
  ),
  'page-trends': row(
    '*issues trend*',
    'an issue is new, came back, or has far more events than its past lets expect; nothing is wrong with the numbers',
    "open the issue in Sentry; the filter's runbook says what then",
  ),
  'page-ledger-unread': row(
    '*The ledger cannot be read*',
    'it gave no answer within 5 s, or it is lost; the page shows what this server knows itself',
    'mend the ledger; a lost SQLite file needs a restart, nothing else does',
  ),
  'page-ledger-unwritten': row(
    '*Nothing can be written*',
    "a write failed, and none like a run's passed since; it says why",
    'mend the ledger; nothing needs a restart',
  ),
} as const;
