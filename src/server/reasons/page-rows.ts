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
  'page-alerts-firing': row(
    '*alerts are firing*',
    'a rule of a filter holds, or did a few windows ago; the row says which, since when, and who was told',
    "look at the filter's page; its rules say what they wait for to end",
  ),
  'page-channel-fails': row(
    '*did not take its last message*',
    'the channel refused it, or could not be reached; it is tried again for a day unless it was refused',
    'mend what it says; then *send again* on the page of messages, where that is on',
  ),
  'page-channel-unheard': row(
    '*has brought nothing for 7 days*',
    'there was nothing to tell, or nobody hears it: that cannot be told apart',
    'send a message of proof: `sentry-monitor channels test`',
  ),
  'page-rules-wait': row(
    '*were not judged by rules*',
    'windows are counted, and their rules were not decided: another server has newer files, or a write failed',
    'look at the log for `not decided`; the next run decides what is left',
  ),
  'page-ledger-unread': row(
    '*The ledger cannot be read*',
    'it gave no answer within 5 s, or it is lost; the page shows what this server knows itself',
    'mend the ledger; a lost SQLite file needs a restart, nothing else does',
  ),
  'page-intakes-pause': row(
    '*Intakes pause*',
    'events take as much as EVENT_MAX_GB says: no intake takes more, and windows since then are not complete',
    'set EVENT_MAX_GB higher, or EVENT_DAYS lower; what waits in queues and logs is read when there is room',
  ),
  'page-ledger-unwritten': row(
    '*Nothing can be written*',
    "a write failed, and none like a run's passed since; it says why",
    'mend the ledger; nothing needs a restart',
  ),
} as const;
