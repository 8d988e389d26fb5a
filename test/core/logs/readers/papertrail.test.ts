import assert from 'node:assert/strict';
import { partOf } from '../../../../src/core/logs/readers/papertrail.ts';
import { archived, lineOf, openReading, readLog, told } from '../../../support/logs/read.ts';
import { TRACEBACKS } from '../../../support/logs/tracebacks.ts';

const LINES = TRACEBACKS['carets']!;
const FIRST = 700_594_297_938_165_770n;
const ROWS = LINES.map((line, n) => archived(FIRST + BigInt(n), 'i-1 manager.debug', line));

describe('lines of an archive', () => {
  it('make an event that is called by the line of its exception, whose digits are kept', () => {
    const { events } = readLog(ROWS.join('\n'), { format: 'papertrail' });
    assert.deepEqual(
      events.map(({ id, at, tags }) => [id, at, tags]),
      [['700594297938165774', Date.UTC(2026, 10, 29), { server_name: 'i-1', program: 'manager.debug' }]],
    );
  });

  it('are rejects without ten columns, and the others are read', () => {
    const log = ['', ROWS[0]!.split('\t').slice(0, 9).join('\t'), 'id\ttime\t\t\t\t\t\t\t\tmessage', ...ROWS].join(
      '\n',
    );
    const { events, rejects } = readLog(`${log}\n`, { format: 'papertrail' });
    assert.equal(events.length, 1);
    assert.deepEqual(
      rejects.map(({ id, reason }) => [id, reason]),
      [
        ['0', "an archive's line has 10 columns, this one has 0"],
        ['1', "an archive's line has 10 columns, this one has 9"],
        [String(2 + ROWS[0]!.length - LINES[0]!.length - 1), 'the first column is no id of a line'],
      ],
    );
  });

  it('are rejects without a time, and with an id that is none', () => {
    const row = (id: string, time: string): string => archived(id, 'i-1 web', 'ready', time);
    const rows = [
      row('7005942979381657740000000', '2026-11-29T00:00:00'),
      row('70059429793816577400000001', '2026-11-29T00:00:00'),
      row('12a', '2026-11-29T00:00:00'),
      row('a12', '2026-11-29T00:00:00'),
      row('1', '2026-11-29T00:00'),
      row('1', '2026/11/29 00:00:00'),
      row('1', '2026-11-29 00.00.00'),
      row('1', '2026-11-29 00:00:00 -0800'),
    ];
    assert.deepEqual(
      readLog(rows.join('\n'), { format: 'papertrail' }).rejects.map(({ reason }) => reason),
      [
        ...Array.from({ length: 3 }, () => 'the first column is no id of a line'),
        ...Array.from({ length: 3 }, () => 'the second column is no time'),
      ],
    );
  });

  it('may stand behind the mark of an encoding, and end with carriage returns', () => {
    const { events, rejects } = readLog(`\uFEFF${ROWS.join('\r\n')}\r\n`, { format: 'papertrail' });
    assert.deepEqual([events.map(({ title }) => title), rejects], [["KeyError: 'cart-17'"], []]);
  });

  for (const [time, at] of [
    ['2016-08-12T03:18:39', '2016-08-12T03:18:39Z'],
    ['2016-08-12T03:18:39Z', '2016-08-12T03:18:39Z'],
    ['2016-08-11T23:18:39-04:00', '2016-08-12T03:18:39Z'],
    ['2016-08-11 19:18:39 -0800', '2016-08-12T03:18:39Z'],
  ] as const)
    it(`are of their instant: ${time}`, () => {
      const rows = LINES.map((line, n) => archived(n, 'i-1 web', line, time));
      const { events } = readLog(rows.join('\n'), { format: 'papertrail', zone: 'UTC' });
      assert.deepEqual(
        events.map((event) => event.at),
        [Date.parse(at)],
      );
    });

  it('keep further tabs and quotes in their message', () => {
    const rows = [archived(1, 'i-1 manager.debug', 'a "quote\twith a tab'), ...ROWS];
    const [event] = readLog(rows.join('\n'), { format: 'papertrail' }).events;
    assert.deepEqual(event!.sample!.context, ['a "quote\twith a tab']);
  });

  it('are the same events by the live search', () => {
    const live = openReading({ format: 'papertrail' });
    for (const [n, message] of LINES.entries())
      live.part(
        partOf({
          ...{ id: String(FIRST + BigInt(n)), time: '2026-11-28T19:00:00-05:00' },
          ...{ machine: 'i-1', program: 'manager.debug', message },
        }),
      );
    live.end();
    assert.deepEqual(told(live.take().events), told(readLog(ROWS.join('\n'), { format: 'papertrail' }).events));
  });

  it('stay apart and in order where numbers would not', () => {
    const rows = [...ROWS, ...LINES.map((line, n) => archived(FIRST + 10n + BigInt(n), 'i-1 manager.debug', line))];
    const { events } = readLog(rows.join('\n'), { format: 'papertrail' });
    assert.deepEqual(
      events.map(({ id }) => id),
      ['700594297938165774', '700594297938165784'],
    );
  });

  it('tell of a traceback that has its exception and may go on, and give it the same name later', () => {
    const first = openReading({ format: 'papertrail' });
    for (const row of ROWS) first.line(lineOf(row));
    first.tellOpen('done');
    const [told_] = first.take().events;
    const second = openReading({ format: 'papertrail', state: first.state() });
    const joint = [
      'The above exception was the direct cause of the following exception:',
      ...TRACEBACKS['no message']!,
    ];
    for (const [n, line] of joint.entries())
      second.line(lineOf(archived(FIRST + 50n + BigInt(n), 'i-1 manager.debug', line)));
    second.end();
    const [healed] = second.take().events;
    assert.equal(healed!.id, told_!.id);
    assert.equal(healed!.title, 'NotImplementedError, caused by KeyError');
  });
});
