import type { RunDone } from '../../../src/core/ports/history.ts';

/** The end of a run that nobody knows of. */
export const RUN: RunDone = { runId: 'r', outcome: 'ok', sourceRequests: 0, sinkRequests: 0 };
