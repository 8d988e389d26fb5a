import assert from 'node:assert/strict';
import { callsOf } from '../../../../src/core/alerts/words/calls.ts';
import type { Frame } from '../../../../src/core/model/events/event.ts';

function frame(module: string | null, name: string | null, line: number | null, column: number | null): Frame {
  return { module, function: name, line, column };
}

describe('calls for people', () => {
  it('stand there with the newest first, and with what is known of each', () => {
    const frames = [
      frame('shop.main', 'run', 5, 1),
      frame('shop.loop', null, null, null),
      frame(null, 'helper', 3, 2),
      frame('shop.cart', 'total', 17, null),
      frame(null, null, null, null),
    ];
    assert.deepEqual(callsOf(frames), [
      'at <anonymous>',
      'at total(shop.cart:17)',
      'at helper',
      'at <anonymous>(shop.loop)',
      'at run(shop.main:5:1)',
    ]);
  });

  it('are fifteen at most, of a line each, and the others are counted', () => {
    const frames = Array.from({ length: 250 }, (_, n) => frame('m\nx', `f${n}\u0000${'y'.repeat(500)}`, n + 1, null));
    const calls = callsOf(frames);
    assert.equal(calls.length, 16);
    assert.ok(calls[0]!.startsWith('at f249\uFFFDyyy') && calls[0]!.endsWith('y…(m x:250)'), calls[0]);
    assert.equal(calls[15], 'and 235 more');
    assert.ok(calls.every((call) => !/\p{Cc}/u.test(call) && call.length < 300));
  });
});
