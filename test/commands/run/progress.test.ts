import assert from 'node:assert/strict';
import { createProgress } from '../../../src/commands/run/progress.ts';
import type { Filled } from '../../../src/core/model/aftermath.ts';

const CLEAR = '\r\u001B[2K';
const START = Date.UTC(2026, 10, 20, 10);

function filled(n: number, error: string | null = null): Filled {
  return {
    window: { start: START + n * 300_000, end: START + (n + 1) * 300_000 },
    reports: 2,
    unread: 0,
    sinks: { one: { sent: 2 } },
    error,
    verdict: { http: 200, status: 'ok', sent: 'all', outcome: 'ok' },
  };
}

function stage(
  isTTY: boolean,
  columns = 120,
): {
  readonly out: string[];
  readonly terminal: string[];
  readonly clock: { now: number };
  readonly progress: ReturnType<typeof createProgress>;
} {
  const [out, terminal, clock] = [[] as string[], [] as string[], { now: 0 }];
  return {
    out,
    terminal,
    clock,
    progress: createProgress(
      10,
      { write: (text) => out.push(text) },
      { isTTY, columns, write: (text) => terminal.push(text) },
      () => clock.now,
    ),
  };
}

describe('the progress of a run by hand', () => {
  it('is one line that is written over on a terminal, with the time that is left; what failed stays above it', () => {
    const { out, terminal, clock, progress } = stage(true);
    progress.skip(4);
    clock.now = 2000;
    progress.done(filled(4));
    clock.now = 30_000;
    progress.done(filled(5, 'one: down'));
    progress.end();
    assert.deepEqual(out, ['2026-11-20T10:25Z  2 reports; one sent 2  one: down\n']);
    assert.deepEqual(
      terminal,
      [
        `${CLEAR}[..............................] 0 of 10 windows`,
        `${CLEAR}[############..................] 4 of 10 windows`,
        CLEAR,
        `${CLEAR}[###############...............] 5 of 10 windows  10 s left`,
        CLEAR,
        `${CLEAR}[##################............] 6 of 10 windows, 1 failed  1 min left`,
        CLEAR,
      ].filter((_, index) => index !== 2),
    );
  });

  it('never is longer than the terminal is wide', () => {
    const { terminal, progress } = stage(true, 20);
    progress.done(filled(0));
    for (const text of terminal) assert.ok(text.replace(CLEAR, '').length < 20, text);
  });

  it('is a line per window in a pipe, and nothing else', () => {
    const { out, terminal, progress } = stage(false);
    progress.skip(8);
    progress.done(filled(8));
    progress.end();
    assert.deepEqual([out, terminal.join('')], [['2026-11-20T10:40Z  2 reports; one sent 2\n'], '']);
  });
});
