import type { StepTaken } from './follow.ts';

/** `counted   6 min 12 s   by crm-checkout in …` */
export function lineOf({ step, status, ms, say }: StepTaken): string {
  return `${step.padEnd(8)} ${durationOf(ms).padStart(12)}   ${status === 'failed' ? 'FAILED: ' : ''}${say}\n`;
}

/** `0.2 s`, `6 min 12 s` */
function durationOf(ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
