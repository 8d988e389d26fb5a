import assert from 'node:assert/strict';
import { timeTicks } from '../../../../src/server/pages/chart/axes.ts';

describe('the axis of time of a chart', () => {
  const at = (text: string): number => Date.parse(text);
  const told = (start: string, end: string): string =>
    timeTicks({ start: at(start), end: at(end) })
      .map(({ text, isDay, isMain }) => `${isDay ? '*' : ''}${text}${isMain ? '' : '?'}`)
      .join(' ');

  it('name round hours of a day, and the day that begins', () =>
    assert.equal(
      told('2026-11-19T10:05:00Z', '2026-11-20T10:05:00Z'),
      '12:00 14:00? 16:00 18:00? 20:00 22:00? *20 Nov 02:00? 04:00 06:00? 08:00',
    ));

  it('name every five minutes of an hour, and of thirty days every few', () => {
    assert.match(told('2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'), /^09:05\? 09:10 09:15\? 09:20 .* 09:55\?$/);
    assert.equal(
      told('2026-10-21T12:00:00Z', '2026-11-20T12:00:00Z'),
      '*23 Oct? *25 Oct? *27 Oct? *29 Oct *31 Oct? *2 Nov? *4 Nov? *6 Nov *8 Nov? *10 Nov? *12 Nov? *14 Nov *16 Nov? *18 Nov?',
    );
  });

  it('leave no text hanging over an end, and no two main ones too near each other', () => {
    for (const hours of [1, 12, 24, 168, 720]) {
      const end = at('2026-11-20T10:05:00Z');
      const span = { start: end - hours * 3_600_000, end };
      const ticks = timeTicks(span);
      const main = ticks.filter(({ isMain }) => isMain);
      assert.ok(
        main.length >= 2 && main.length <= 7 && ticks.length <= 16,
        `${hours} h: ${main.length}, ${ticks.length}`,
      );
      for (const tick of ticks) assert.ok(tick.at > span.start && tick.at < span.end);
    }
  });
});
