/** What a run came to, as the HTTP answer and the run event say it. */
export interface Verdict {
  readonly http: 200 | 202 | 502 | 503 | 504;
  readonly status: 'ok' | 'partial' | 'failed' | 'in hand';
  /** Whether anything reached a sink, now or before. */
  readonly sent: 'none' | 'some' | 'all' | 'unknown';
  /** For observers: reports in another server's hands are no trouble. */
  readonly outcome: RunOutcome;
}

/** Why a run ended before its work was done. A closed list. */
export const RUN_ENDS = ['deadline', 'shutdown', 'clock'] as const;
export type RunEnd = (typeof RUN_ENDS)[number];

/** The same for people, with what to do. */
export const END_WORDS: Readonly<Record<RunEnd, string>> = {
  deadline: "the run's deadline passed (RUN_DEADLINE_SECONDS)",
  shutdown: 'the server is shutting down',
  clock:
    "this server's clock differs from the source's by more than 30 s; " +
    'set it right, or name the window with at or end',
};

export const RUN_OUTCOMES = ['ok', 'partial', 'failed'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];
