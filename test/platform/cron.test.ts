import assert from 'node:assert/strict';
import { cronRun } from '../../src/platform/cron.ts';

/** The first instants after that one. */
function runs(fields: string, zone: string, from: string, many: number): readonly string[] {
  const next = cronRun(fields, zone);
  const found: string[] = [];
  for (let at = Date.parse(from); found.length < many;) {
    at = next(at)!;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('a cron pattern in a zone', () => {
  it('whose time the clock leaps over is due at the leap, once', () => {
    assert.deepEqual(runs('30 2 * * *', 'Europe/Berlin', '2027-03-27T12:00Z', 2), [
      '2027-03-28T01:00',
      '2027-03-29T00:30',
    ]);
    assert.deepEqual(runs('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z', 2), [
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ]);
    assert.deepEqual(runs('30 0 * * *', 'Africa/Cairo', '2026-04-23T12:00Z', 2), [
      '2026-04-23T22:00',
      '2026-04-24T21:30',
    ]);
    assert.deepEqual(runs('0 2,3 * * *', 'Europe/Berlin', '2027-03-27T12:00Z', 2), [
      '2027-03-28T01:00',
      '2027-03-29T00:00',
    ]);
    assert.deepEqual(runs('30 2 28 3 *', 'Europe/Berlin', '2026-03-28T12:00Z', 2), [
      '2027-03-28T01:00',
      '2028-03-28T00:30',
    ]);
  });

  it('whose time the clock shows twice comes once, one of several hours too; one of every half hour each time', () => {
    assert.deepEqual(runs('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2), [
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    assert.deepEqual(runs('30 1-3 * * *', 'Europe/Berlin', '2026-10-24T20:00Z', 4), [
      '2026-10-24T23:30',
      '2026-10-25T00:30',
      '2026-10-25T02:30',
      '2026-10-26T00:30',
    ]);
    assert.deepEqual(runs('*/30 * * * *', 'Europe/Berlin', '2026-10-24T23:45Z', 4), [
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
    ]);
  });

  it('whose time lies in a leap at the end of the day is due at the leap as well', () => {
    assert.deepEqual(runs('59 23 * * *', 'America/Nuuk', '2026-03-28T12:00Z', 2), [
      '2026-03-29T01:00',
      '2026-03-30T00:59',
    ]);
  });

  it('whose time the clock shows twice is due once, and each hour when all are meant', () => {
    assert.deepEqual(runs('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2), [
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    assert.deepEqual(runs('0 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', 3), [
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
    ]);
  });
});
