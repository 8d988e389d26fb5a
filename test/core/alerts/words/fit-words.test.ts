import assert from 'node:assert/strict';
import { fitWords } from '../../../../src/core/alerts/words/fit-words.ts';
import type { Worded } from '../../../../src/core/alerts/words/worded.ts';
import { issueAlerts, messageOf } from '../../../support/alerting/messages.ts';

/** One line each, so that lines can be counted. */
const lines = ({ notes, alerts, more }: Worded): readonly string[] => [
  ...notes,
  ...alerts.map(({ title }) => title),
  ...(more === null ? [] : [more.text]),
];
const within = (room: number) => (rendered: readonly string[]) => rendered.length <= room;
const noted = (count: number, alerts = issueAlerts(0)) =>
  messageOf({ alerts, lines: Array.from({ length: count }, (_, index) => `line ${index}`) });

describe('words that have to fit', () => {
  it('name ten alerts, or as many as there is room for, and say how many more there are', () => {
    for (const [all, room, named, more] of [
      [3, 99, 3, undefined],
      [12, 99, 10, 'and 2 more'],
      [12, 5, 4, 'and 8 more'],
      [2, 2, 2, undefined],
      [2, 1, 0, undefined],
    ] as const) {
      const { rendered, leftOut } = fitWords(messageOf({ alerts: issueAlerts(all) }), lines, within(room));
      const titles = rendered.filter((line) => line.startsWith('Firing'));
      assert.deepEqual([titles.length, leftOut], [named, all - named], `${all} in ${room}`);
      if (more !== undefined) assert.equal(rendered.at(-1), more);
    }
  });

  it('have five calls of an alert, three of each of several, one where there is no room, and no alert less', () => {
    const calls = (count: number) => Array.from({ length: count }, (_, n) => `at f${n}`);
    const shown = ({ alerts }: Worded): readonly string[] => alerts.flatMap((it) => [it.title, ...it.calls]);
    const one = messageOf({}, { id: 'a' });
    const two = { ...one, alerts: issueAlerts(2).map((alert, n) => ({ ...alert, id: 'ab'[n]! })) };
    for (const [message, many, room, which, wanted] of [
      [one, 5, 9, 'some', ['at f0', 'at f1', 'at f2', 'at f3', 'at f4']],
      [one, 7, 9, 'some', ['at f0', 'at f1', 'at f2', 'at f3', 'at f4', 'and more']],
      [one, 7, 5, 'some', ['at f0', 'and more']],
      [one, 1, 1, 'some', []],
      [one, 7, 9, 'all', ['at f0', 'at f1', 'at f2', 'at f3', 'at f4', 'at f5', 'at f6']],
      [two, 3, 9, 'some', ['at f0', 'at f1', 'at f2', 'at f0', 'at f1', 'at f2']],
      [two, 4, 9, 'some', ['at f0', 'and more', 'at f0', 'and more']],
    ] as const) {
      const given = { ...message, calls: { a: calls(many), b: calls(many) } };
      const { rendered, leftOut } = fitWords(given, shown, within(room), which);
      assert.equal(leftOut, 0);
      assert.deepEqual(
        rendered.filter((line) => !line.startsWith('Firing')),
        wanted,
        `${many} in ${room}`,
      );
    }
  });

  it('leave out notes where not even one alert fits beside them, and say how many', () => {
    for (let room = 2; room <= 30; room++) {
      const { rendered, leftOut } = fitWords(noted(30), lines, within(room));
      const whole = room === 30 ? 30 : room - 1;
      assert.equal(rendered.length, room);
      assert.equal(leftOut, 0);
      assert.equal(rendered.at(-1), whole === 30 ? 'line 29' : `and ${30 - whole} more lines`);
    }
    const { rendered, leftOut } = fitWords(noted(30, issueAlerts(2)), lines, within(5));
    assert.deepEqual(rendered.slice(0, 3), ['line 0', 'line 1', 'and 28 more lines']);
    assert.deepEqual([rendered.length, leftOut], [5, 1]);
  });
});
