import assert from 'node:assert/strict';
import { jsonReader } from '../../../../src/core/logs/readers/json.ts';
import { lineOf } from '../../../support/logs/read.ts';

describe('a line of JSON', () => {
  const read = (fields: object | string) => {
    const text = typeof fields === 'string' ? fields : JSON.stringify(fields);
    return jsonReader().read(lineOf(text)) as {
      reason?: string;
      whole?: { head: { level: string; time: string | null } };
    };
  };
  const whole = (fields: object) => read(fields).whole!.head;

  it('has its level by a number, a word, or none', () => {
    const levels = [60, 50, 45, 30, 10].map((level) => whole({ level }).level);
    assert.deepEqual(levels, ['fatal', 'error', 'warning', 'info', 'debug']);
    assert.deepEqual(
      [whole({ severity: 'WARN' }).level, whole({}).level, whole({ level: true }).level],
      [...['warning', 'info', 'info']],
    );
  });

  it('has its time as text, as seconds or as ms, and else none', () => {
    const time = (fields: object) => whole(fields).time;
    assert.equal(time({ time: '2026-11-20 10:00:00' }), '2026-11-20 10:00:00');
    assert.equal(time({ ts: 1_795_168_800.5 }), '2026-11-20T10:00:00.500Z');
    assert.equal(time({ timestamp: 1_795_168_800_500 }), '2026-11-20T10:00:00.500Z');
    for (const odd of [{}, { time: '' }, { time: -1 }, { time: 8.9e15 }, { time: { x: 1 } }])
      assert.equal(time(odd), null);
  });

  it('that is none, or empty, says so', () => {
    assert.equal(read(' ').reason, 'an empty line');
    for (const text of ['[1]', '{x', '7']) assert.equal(read(text).reason, 'the line is no JSON object');
  });
});
