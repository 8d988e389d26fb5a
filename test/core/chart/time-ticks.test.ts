import assert from 'node:assert/strict';
import { timeTicks } from '../../../src/core/chart/time-ticks.ts';

function texts(start: string, end: string, zone: string): readonly string[] {
  const span = { start: Date.parse(start), end: Date.parse(end) };
  return timeTicks(span, zone, 0.105).flatMap(({ text }) => text ?? []);
}

describe('the axis of time of a picture', () => {
  it('has a mark at each full hour of its zone, a text at each third one, and the day at midnight', () => {
    const [start, end] = ['2026-11-19T08:00:00Z', '2026-11-20T08:00:00Z'];
    assert.deepEqual(texts(start, end, 'Europe/Berlin'), [
      ...['09:00', '12:00', '15:00', '18:00', '21:00', '20 Nov', '03:00', '06:00', '09:00'],
    ]);
    const span = { start: Date.parse(start), end: Date.parse(end) };
    const all = timeTicks(span, 'Europe/Berlin', 0.105);
    assert.equal(all.length, 25);
    assert.ok(all.every(({ at }) => at % 3_600_000 === 0));
    assert.deepEqual(
      all.filter(({ isDay }) => isDay).map(({ at }) => at),
      [Date.parse('2026-11-19T23:00:00Z')],
    );
  });

  it('in a zone that is half an hour off has them there', () => {
    const span = { start: Date.parse('2026-11-19T08:00:00Z'), end: Date.parse('2026-11-19T20:00:00Z') };
    assert.deepEqual(timeTicks(span, 'Asia/Kolkata', 0.105).slice(0, 2), [
      { at: Date.parse('2026-11-19T08:30:00Z'), text: '14:00', isDay: false },
      { at: Date.parse('2026-11-19T09:30:00Z'), text: null, isDay: false },
    ]);
  });

  it('has them whatever minute a span begins and ends at', () => {
    assert.deepEqual(texts('2026-11-29T15:55:00Z', '2026-11-30T03:55:00Z', 'UTC'), [
      ...['16:00', '18:00', '20:00', '22:00', '30 Nov', '02:00'],
    ]);
    const span = { start: Date.parse('2026-11-29T15:55:00Z'), end: Date.parse('2026-11-30T03:55:00Z') };
    assert.deepEqual(
      timeTicks(span, 'Asia/Kolkata', 0.105).map(({ at }) => at),
      Array.from({ length: 12 }, (_, hour) => Date.parse('2026-11-29T16:30:00Z') + hour * 3_600_000),
    );
  });

  it('when clocks are set has no text over another', () => {
    assert.deepEqual(texts('2027-03-27T22:00:00Z', '2027-03-28T22:00:00Z', 'Europe/Berlin').slice(0, 4), [
      ...['28 Mar', '06:00', '09:00', '12:00'],
    ]);
    assert.deepEqual(texts('2026-10-24T22:00:00Z', '2026-10-25T22:00:00Z', 'Europe/Berlin').slice(0, 3), [
      ...['25 Oct', '03:00', '06:00'],
    ]);
  });

  it('of half a day has each second hour, of a week its days, also where a day begins at one', () => {
    assert.deepEqual(texts('2026-11-20T08:00:00Z', '2026-11-20T20:00:00Z', 'UTC'), [
      ...['08:00', '10:00', '12:00', '14:00', '16:00', '18:00', '20:00'],
    ]);
    assert.deepEqual(texts('2026-04-22T00:00:00Z', '2026-04-29T00:00:00Z', 'Africa/Cairo'), [
      ...['Thu 23', 'Fri 24', 'Sat 25', 'Sun 26', 'Mon 27', 'Tue 28', 'Wed 29'],
    ]);
  });
});
