import type { Filled } from '../../core/model/aftermath.ts';
import { isoOf } from '../../core/model/window.ts';

export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Says how far the work is: a line that is written over on a terminal, a line per window in a pipe. */
export interface Progress {
  /** These windows need nothing. */
  skip(windows: number): void;
  done(filled: Filled): void;
  /** Nothing more is written over. */
  end(): void;
}

const BAR = 30;

/** `total`: windows. `now`: epoch ms. On a terminal what failed stays, above the bar. */
export function createProgress(
  total: number,
  out: { write(text: string): unknown },
  terminal: Terminal,
  now: () => number,
): Progress {
  const began = now();
  const state: State = { done: 0, worked: 0, failed: 0 };
  const clear = terminal.isTTY === true ? '\r\u001B[2K' : '';
  const draw = (): void => {
    if (terminal.isTTY === true)
      terminal.write(`${clear}${barOf(state, total, now() - began).slice(0, (terminal.columns ?? 80) - 1)}`);
  };
  draw();
  return {
    skip: (windows) => {
      state.done += windows;
      draw();
    },
    done: (filled) => {
      state.done++;
      state.worked++;
      if (filled.error !== null) state.failed++;
      if (terminal.isTTY !== true || filled.error !== null) {
        terminal.write(clear);
        out.write(`${lineOf(filled)}\n`);
      }
      draw();
    },
    end: () => void terminal.write(clear),
  };
}

interface State {
  done: number;
  /** Of them, those that needed something. */
  worked: number;
  failed: number;
}

function barOf({ done, worked, failed }: Readonly<State>, total: number, ms: number): string {
  const full = Math.round((done / total) * BAR);
  const bar = '#'.repeat(full) + '.'.repeat(BAR - full);
  const trouble = failed === 0 ? '' : `, ${failed} failed`;
  const left = worked === 0 || done >= total ? '' : `  ${timeOf(((total - done) * ms) / worked)} left`;
  return `[${bar}] ${done} of ${total} windows${trouble}${left}`;
}

function timeOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

function lineOf({ window, reports, unread, sinks, error }: Filled): string {
  const bySink = Object.entries(sinks).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    `${reports} ${reports === 1 ? 'report' : 'reports'}`,
    ...bySink.map(([name, byStatus]) => `${name} ${countsOf(byStatus)}`),
    ...(unread === 0 ? [] : [`not read ${unread}`]),
  ];
  return `${isoOf(window.start).slice(0, 16)}Z  ${parts.join('; ')}${error === null ? '' : `  ${error}`}`;
}

function countsOf(byStatus: Filled['sinks'][string]): string {
  return Object.entries(byStatus)
    .map(([status, count]) => `${status} ${count}`)
    .join(', ');
}
