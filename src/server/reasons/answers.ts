import { row } from './row.ts';

/** What a post was answered, by its status. */
export const STATUS_ROWS = {
  'http-200': row('200 with `gaps`', 'the numbers are true, a part is missing', 'look up [the gap](#gaps)'),
  'http-202': row('202', 'another server has some of it in hand', 'nothing'),
  'http-400': row(
    '400',
    'a parameter is wrong, or what came is no HTTP; `detail` names it',
    'mend the call; for `at`, compare the clocks',
  ),
  'http-401': row(
    '401',
    "the header `Authorization: Bearer <token>` is missing, or its token is none of this server's; without a " +
      '`TRIGGER_TOKEN`: the post came for another host name, from a browser, or through a proxy',
    'compare the token with `TRIGGER_TOKEN` (`INTAKE_TOKEN` for intakes, `METRICS_TOKEN` for metrics); ' +
      'without one post to `http://127.0.0.1`',
  ),
  'http-404': row('404', 'there is nothing at this address', 'post to `/run`; `detail` lists all addresses'),
  'http-405': row('405', 'another verb is wanted; `detail` names it', 'use that one'),
  'http-408': row('408', 'the request did not come in time', 'look at the network, and the proxy before it'),
  'http-413': row('413', 'the post has a body of more than 16 KiB; it needs none', 'look at the proxy before it'),
  'http-415': row('415', 'the body is compressed and cannot be read', 'post without a body'),
  'http-417': row('417', 'the request expects what this server does not know', 'look at the proxy before it'),
  'http-429': row(
    '429',
    'over 30 requests in a minute without a valid token; nothing was sent',
    'compare the token with `TRIGGER_TOKEN`, then post again: a valid one is never held up',
  ),
  'http-431': row('431', 'request line and headers have more than 16 KiB', 'look at the proxy before it'),
  'http-500': row(
    '500, or no answer',
    'this server broke, or cannot be reached; it may have sent',
    'post to this server again; to another one only when it stays away',
  ),
  'http-502': row(
    '502',
    'something failed, was refused or is uncertain; the rest was delivered',
    'look up `error` of the report or the sink below',
  ),
  'http-503': row(
    '503',
    'no filter could be read; or this server is shutting down, its clock is wrong, or the ledger is away: ' +
      '`Sentry-Monitor-Why` and the body say which',
    'post to another server; when it says the same: token (401, 403), address (404, a web page), or Sentry is away',
  ),
  'http-504': row('504', "the run's deadline passed; the body says what was done", 'post again'),
} as const;

/** What stands in the body of an answer, or on the page. */
export const BODY_ROWS = {
  'no-project-left': row(
    'a report with `none of its projects can be read`',
    'the filter has no project left, nothing was sent for it',
    'mend the line of the filters file that it names, or what the token may see; with a ledger the windows since are ' +
      'filled then',
  ),
  'filter-not-read': row(
    'a report with another `error`',
    'that filter could not be read, nothing was sent for it; the others are delivered',
    'look at `error`: [which fault it was](#which-fault-it-was); then post again',
  ),
  'ended-deadline': row(
    "`the run's deadline passed`",
    'there was no time for the rest',
    '`plan` says how much a run needs: fewer filters, or a longer `RUN_DEADLINE_SECONDS`',
  ),
  'ended-shutdown': row('`the server is shutting down`', 'a restart', 'post to another server, or wait'),
  'ended-clock': row(
    "`… clock differs from the source's by more than 30 s`",
    "this server's clock is wrong, or that of the host that gave `at`; nothing was sent",
    'synchronize it; meanwhile post with `at` or `end`, by a clock that is right',
  ),
  'sink-failed': row(
    'a sink `failed` with `failed` items',
    'the vendor said no, or was away; they are not stored, or (New Relic, a gauge) a copy does no harm',
    'look at `error`: for a key or an address mend it; then post again, with `sink=` for only this one',
  ),
  'sink-failed-counter': row(
    'the same of Anodot, counter, and `error` is a 500, a 503 or a refusal without positions',
    'probably not stored; but some servers store first and fail then',
    'look at Anodot before you post again',
  ),
  'sink-uncertain': row(
    'New Relic, or Anodot with a gauge, and `uncertain` items',
    'they may be stored',
    'post again; copies do no harm to a gauge, nor to charts that read `max` or `latest`',
  ),
  'sink-uncertain-counter': row(
    'Anodot with `uncertain` items, counter',
    'they may be stored, and must not be twice',
    'a post never sends them again: compare `totals` of the answer with what Anodot shows',
  ),
  'sink-refused': row(
    '`refused` items',
    'the vendor will never take these',
    "mend what `why` names; this window's are lost, the next one's are not",
  ),
  'sink-waits': row(
    '`not sent: the ledger …`',
    'the ledger cannot be used, and `LEDGER_ON_ERROR` lets nothing be sent without it',
    'mend the ledger; the windows since are caught up then',
  ),
  'filters-file': row(
    '`faults`',
    'a filters file has a fault; its filters are left out, or run as they did before it was changed',
    'mend the line that it names; `check` lists all of them',
  ),
  'not-caught-up': row(
    '`catchUp.windows` with `error`',
    'that window of the backlog could not be delivered',
    'mend what `error` says; the next run tries again',
  ),
  'stopped-deadline': row('`stopped: deadline`', 'there was no time for more', 'nothing: the next runs go on'),
  'stopped-shutdown': row('`stopped: shutdown`', 'the server was shutting down', 'nothing: the next run goes on'),
  'stopped-clock': row('`stopped: clock`', 'the clock is wrong', 'synchronize it'),
  'stopped-trouble': row(
    '`stopped: trouble`',
    'a sink, or Sentry, failed three windows in a row, or a filter cannot be read',
    'mend that one; the others are caught up meanwhile',
  ),
  'stopped-ledger': row('`stopped: ledger`', 'it cannot be reached', 'mend the ledger'),
  'too-old': row(
    '`tooOld`',
    'New Relic takes nothing older than 24 hours, or it is beyond `CATCH_UP_HOURS`. ' +
      '`(alerts)` is no sink: nobody has decided the alerts of these windows',
    'for another sink, and for alerts: fill it by hand',
  ),
} as const;
