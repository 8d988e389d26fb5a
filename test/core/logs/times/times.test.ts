import assert from 'node:assert/strict';
import { createWallClock } from '../../../../src/core/logs/times/wall-clock.ts';
import { instantOf } from '../../../../src/core/logs/times/written-time.ts';
import { readLog } from '../../../support/logs/read.ts';

const UTC = createWallClock('UTC');
const BERLIN = createWallClock('Europe/Berlin');

function iso(text: string, clock = UTC, after: number | null = null): string | null {
  const instant = instantOf(text, clock, after);
  return instant === null ? null : new Date(instant.at).toISOString();
}

describe('times in logs', () => {
  for (const [text, wanted] of [
    ['2026-11-29 00:07:52,181', '2026-11-29T00:07:52.181Z'],
    ['2026-11-29T00:07:52.1815Z', '2026-11-29T00:07:52.181Z'],
    ['2026-11-29 05:39:48 +0530', '2026-11-29T00:09:48.000Z'],
    ['2026-11-28 16:09:48-08:00', '2026-11-29T00:09:48.000Z'],
    ['29/Nov/2026:00:10:40 +0100', '2026-11-28T23:10:40.000Z'],
    ['29/Nov/2026:00:10:40.5', '2026-11-29T00:10:40.500Z'],
    ['2026-02-30 00:00:00', null],
    ['2026-13-01 00:00:00', null],
    ['2026-11-29 24:00:00', null],
    ['29/Foo/2026:00:10:40', null],
    ['yesterday', null],
  ] as const)
    it(`are read: ${text}`, () => assert.equal(iso(text), wanted));

  it('are of the zone, in summer and in winter', () => {
    assert.equal(iso('2026-07-01 12:00:00', BERLIN), '2026-07-01T10:00:00.000Z');
    assert.equal(iso('2026-12-01 12:00:00', BERLIN), '2026-12-01T11:00:00.000Z');
    assert.equal(iso('2026-07-01 12:00:00', createWallClock('America/St_Johns')), '2026-07-01T14:30:00.000Z');
  });

  it('that a clock showed twice are put by their order, and it is said', () => {
    assert.equal(iso('2026-10-25 02:30:00', BERLIN), '2026-10-25T00:30:00.000Z');
    assert.equal(iso('2026-10-25 02:30:00', BERLIN, Date.parse('2026-10-25T00:59:00Z')), '2026-10-25T01:30:00.000Z');
    const at = (time: string): string => `ERROR 2026-10-25 ${time} acme 1 2 boom`;
    const log = [at('02:10:00'), at('02:50:00'), at('02:20:00'), at('03:10:00')].join('\n');
    const { events, notes } = readLog(log, { zone: 'Europe/Berlin' });
    assert.deepEqual(
      events.map((event) => new Date(event.at).toISOString().slice(11, 16)),
      ['00:10', '00:50', '01:20', '02:10'],
    );
    assert.equal(notes.length, 3);
    assert.match(notes[0]!.reason, /shows 2026-10-25 02:10:00 twice/);
  });

  it('that no clock showed are behind the gap', () => {
    assert.equal(iso('2026-03-29 02:30:00', BERLIN), '2026-03-29T01:30:00.000Z');
  });

  it('that are none put an event behind the one before it, and it is said', () => {
    const log = 'ERROR 2026-11-29 00:00:01 acme one\nERROR 2026-11-39 00:00:02 acme two\n';
    const { events, notes } = readLog(log);
    assert.deepEqual(
      events.map(({ at }) => at),
      [Date.UTC(2026, 10, 29, 0, 0, 1), Date.UTC(2026, 10, 29, 0, 0, 1)],
    );
    assert.deepEqual(
      notes.map(({ reason }) => reason),
      ['2026-11-39 00:00:02 is no time: it is put by its order'],
    );
  });

  it('are refused of a zone that there is not', () => {
    assert.throws(() => createWallClock('Mars/Olympus'), RangeError);
  });
});
