import assert from 'node:assert/strict';
import type { KeptCursor } from '../../../../src/core/ports/events/event-store.ts';
import { behind } from '../../../../src/integrations/sources/events/gaps.ts';

const START = Date.UTC(2026, 10, 20, 10);
const WINDOW = { start: START, end: START + 300_000 };
const SETTLE = 120_000;

function cursor(given: Partial<KeptCursor> = {}): KeptCursor {
  const read = { project: 'shop', name: '', position: null, watermark: WINDOW.end + SETTLE, movedAt: 0 };
  return { ...read, since: null, missing: [], ...given };
}

const said = (...cursors: readonly KeptCursor[]): string | null =>
  behind(['shop'], WINDOW, { cursors, isPaused: false }, { settleMs: SETTLE })[0]?.detail ?? null;

describe('what an intake did not read', () => {
  it('is all before it began, with its first reader', () => {
    assert.equal(said(cursor({ since: START })), null);
    assert.equal(
      said(cursor({ since: START + 1 })),
      'the intake shop began at 2026-11-20T10:00:00.001Z, and does not know what was before',
    );
    assert.equal(said(cursor({ since: START }), cursor({ name: 'host-2', since: WINDOW.end })), null);
    assert.equal(said(cursor(), cursor({ name: 'host-2', since: WINDOW.end })), null);
  });

  it('is what it says that it missed, as far as it touches the window', () => {
    const missing = (start: number, end: number): KeptCursor => cursor({ missing: [{ start, end }] });
    assert.equal(said(missing(0, START)), null);
    assert.equal(said(missing(WINDOW.end, WINDOW.end + 1)), null);
    assert.match(said(missing(0, START + 1))!, /did not get what was from 1970-01-01T00:00:00.000Z to 2026-11-20T10/);
    assert.ok(said(missing(WINDOW.end - 1, WINDOW.end)));
    assert.ok(said(cursor(), { ...missing(START, WINDOW.end), name: 'host-2' }));
  });
});
