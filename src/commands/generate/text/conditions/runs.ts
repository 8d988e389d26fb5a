import { type Condition, type Level, PATIENCE_S } from './condition.ts';

const MISSING: Level = { severity: 'critical', test: { is: 'missing' }, lasts: PATIENCE_S, when: '' };

/** What watches the service itself. */
export const RUN_CONDITIONS: readonly Condition[] = [
  {
    key: 'runs_missing',
    signal: { of: 'runs', what: 'good runs' },
    title: 'no run',
    what: 'No good run for three intervals: no cron, no server, or no run that read and delivered anything.',
    levels: [MISSING],
    blind: [
      'a run that says ok although a filter is missing from its file; write alerts: [incomplete for 15m] for that.',
    ],
    advice: 'Is the cron job alive, does a server answer POST /run, do Sentry and every sink?',
  },
  {
    key: 'runs_failed',
    signal: { of: 'runs', what: 'failed filters' },
    title: 'filters failed',
    what: 'Filters could not be read, or not be delivered to every sink.',
    levels: [
      { severity: 'critical', test: { is: 'above', limit: 0 }, lasts: PATIENCE_S, when: 'three runs in a row' },
      { severity: 'warning', test: { is: 'above', limit: 0 }, lasts: 0, when: 'one run' },
    ],
    blind: ['that the next try, or the other server, delivered it after all.'],
    advice: 'The answer of POST /run and the log name each filter and the reason.',
  },
  {
    key: 'runs_incomplete',
    signal: { of: 'runs', what: 'gaps' },
    title: 'counts with gaps',
    what: 'What is sent is incomplete, three runs in a row: filters were counted with something missing.',
    levels: [warning(0, PATIENCE_S)],
    blind: ['a gap that a later try filled.'],
    advice: 'The reason is told with each gap; the docs say what to do.',
  },
  {
    key: 'filters_faulty',
    signal: { of: 'runs', what: 'faulty files' },
    title: 'faulty filters file',
    what: 'A filters file has a fault: its filters are left out, or count what its former text says.',
    levels: [warning(0, PATIENCE_S)],
    blind: ['a server that did not start because of it.'],
    advice: 'The command check names file and line.',
  },
  {
    key: 'windows_behind',
    signal: { of: 'runs', what: 'windows behind' },
    title: 'windows behind',
    what: 'For half an hour windows have waited to be made up for.',
    levels: [warning(0, 2 * PATIENCE_S)],
    blind: ['anything without a shared ledger: then nothing is made up for.'],
    advice: 'The answer of POST /run and the log say which, and what keeps them.',
  },
  {
    key: 'ledger_down',
    signal: { of: 'runs', what: 'ledger down' },
    title: 'ledger down',
    what: 'The shared ledger cannot be reached, or takes no write.',
    levels: [{ severity: 'critical', test: { is: 'above', limit: 0 }, lasts: PATIENCE_S, when: '' }],
    blind: ['a server without a shared ledger, or one that did not start because of it.'],
    advice: 'The page says why, and what is sent meanwhile. What waits is made up for when it is back.',
  },
  {
    key: 'records_lost',
    signal: { of: 'runs', what: 'lost records' },
    title: 'records lost',
    what: 'Records did not reach their sink.',
    levels: [warning(0, 0)],
    blind: ['that they were delivered later.'],
    advice: 'Refused ones will not come again: the log names the reason. Failed and uncertain ones wait for a repair.',
  },
  {
    key: 'messages_waiting',
    signal: { of: 'runs', what: 'oldest message' },
    title: 'messages waiting',
    what: 'What people are to be told has waited for over half an hour.',
    levels: [warning(1800, PATIENCE_S)],
    blind: ['what quiet hours, mutes or budgets hold back on purpose.'],
    advice: 'The log names the channel and its answer. No run, or no channel that takes anything?',
  },
  {
    key: 'messages_lost',
    signal: { of: 'runs', what: 'lost messages' },
    title: 'messages lost',
    what: 'People were not told something, or nobody knows whether they were.',
    levels: [warning(0, 0)],
    blind: ['a message that a channel took and nobody saw.'],
    advice: 'The log and ADMIN_CHANNEL name the channel and the reason.',
  },
  {
    key: 'clock_wrong',
    signal: { of: 'runs', what: 'clock skew' },
    title: 'clock wrong',
    what: 'The clock of a server differs from the one of Sentry.',
    levels: [warning(10, PATIENCE_S)],
    blind: ['a server that cannot reach Sentry.'],
    advice: 'From 30 seconds on it sends nothing. Is its time synchronized?',
  },
];

function warning(limit: number, lasts: number): Level {
  return { severity: 'warning', test: { is: 'above', limit }, lasts, when: '' };
}
