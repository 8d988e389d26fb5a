import type { RunResult } from '../model/results.ts';
import { countIncomplete, isWhollyDelivered, judge } from './verdict.ts';

/** What a run came to; verdict and counts follow from its reports. */
export function resultOf(run: Omit<RunResult, 'verdict' | 'failed' | 'incomplete'>): RunResult {
  const { reports, end } = run;
  return {
    ...run,
    verdict: judge(reports, end),
    failed: reports.filter((report) => !isWhollyDelivered(report)).length,
    incomplete: countIncomplete(reports),
  };
}
