import type { Run } from './box.ts';
import { spread, type Spread } from './measure.ts';

/** A line of the result. `numbers`: what was compared with the truth, in words. */
export interface Row {
  readonly section: string;
  readonly name: string;
  readonly requests?: string;
  readonly time?: string;
  /** Ratio or bound, inside this run, and whether what is wanted was met. */
  readonly against?: string;
  readonly cpu?: string;
  readonly peak?: string;
  readonly sandboxCpu?: string;
  readonly numbers: string;
}

/** How long the whole may take and how often it repeats. */
export interface Plan {
  readonly reps: number;
  readonly quick: boolean;
}

export const LATENCY_MS = 150;

/** Repetitions of what takes minutes each. */
export function heavy({ reps }: Plan): number {
  return Math.ceil(reps / 3);
}

const HEAD = [
  '',
  'Requests to Sentry',
  'Time: median (min–max)',
  'Against',
  'Service CPU',
  'Peak memory',
  'Sandbox CPU',
  'Numbers',
];

export function markdown(rows: readonly Row[]): string {
  const lines = [HEAD, HEAD.map(() => '---')];
  let section = '';
  for (const { name, requests, time, against, cpu, peak, sandboxCpu, numbers, ...row } of rows) {
    if (row.section !== section) lines.push([`**${row.section}**`, ...HEAD.slice(1).map(() => '')]);
    section = row.section;
    lines.push([name, requests ?? '', time ?? '', against ?? '', cpu ?? '', peak ?? '', sandboxCpu ?? '', numbers]);
  }
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `1.23 s (1.10–1.50)`, below two seconds in ms. */
export function timeOf(ms: Spread): string {
  const [unit, show] =
    ms.median < 2000
      ? (['ms', (it: number) => it.toFixed(0)] as const)
      : (['s', (it: number) => (it / 1000).toFixed(1)] as const);
  return ms.min === ms.max
    ? `${show(ms.median)} ${unit}`
    : `${show(ms.median)} ${unit} (${show(ms.min)}–${show(ms.max)})`;
}

/** What all rows of runs show alike. */
export function runCells(runs: readonly Run[]): Pick<Row, 'requests' | 'time' | 'cpu' | 'peak' | 'sandboxCpu'> {
  const requests = spread(runs.map((it) => it.requests));
  return {
    requests:
      requests.min === requests.max ? String(requests.median) : `${requests.median} (${requests.min}–${requests.max})`,
    time: timeOf(spread(runs.map(({ ms }) => ms))),
    cpu: `${spread(runs.map(({ cpuMs }) => cpuMs)).median} ms`,
    peak: `${Math.max(...runs.map(({ peak }) => peak)).toFixed(0)} MB`,
    sandboxCpu: `${spread(runs.map(({ sandboxCpuMs }) => sandboxCpuMs)).median} ms`,
  };
}

/** `a ≤ b: yes`. Timings only ever inform: nothing fails by them. */
export function wanted(text: string, isMet: boolean): string {
  return `${text}: ${isMet ? 'met' : '**not met**'}`;
}

export function thousands(n: number): string {
  return n.toLocaleString('en-US');
}
