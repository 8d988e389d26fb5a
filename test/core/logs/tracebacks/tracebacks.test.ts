import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLineSplitter } from '../../../../src/core/logs/lines/split-lines.ts';
import { archived, openReading, readLog, titlesOf, told } from '../../../support/logs/read.ts';
import { djangoLog, HEADER, TITLES, TRACEBACKS } from '../../../support/logs/tracebacks.ts';

const ALL = Object.values(TRACEBACKS);

/** Lines of an archive: each traceback is of a machine of its own. Their ids do not hang on their order. */
function archives(): readonly (readonly string[])[] {
  return ALL.map((lines, n) =>
    [HEADER, ...lines].map((line, at) =>
      archived(9_007_199_254_740_993n + BigInt(n * 100 + at), `machine-${n} web`, line),
    ),
  );
}

describe('tracebacks', () => {
  for (const [name, end] of [
    ['line feeds', '\n'],
    ['carriage returns too', '\r\n'],
  ] as const)
    it(`behind a header are a record each, by ${name}`, () => {
      const { events, rejects, notes } = readLog(djangoLog(end));
      assert.deepEqual(
        events.map(({ title }) => title),
        TITLES,
      );
      assert.deepEqual([rejects, notes], [[], []]);
      const [first] = events;
      assert.equal(first!.sample!.text, ['Internal Server Error: /boom/', ...ALL[0]!].join('\n'));
      assert.deepEqual(first!.sample!.frames, [{ module: 'shop/cart.py', function: 'total', line: 12, column: null }]);
      assert.deepEqual([first!.at, first!.level], [Date.UTC(2026, 10, 29, 0, 8, 41, 177), 'error']);
    });

  for (const [n, [name, lines]] of Object.entries(TRACEBACKS).entries())
    it(`stand alone in a file without headers: ${name}`, () => {
      const { events } = readLog(`before\n${lines.join('\n')}`, { format: 'python' });
      assert.deepEqual(
        events.map(({ title, sample }) => [title, sample!.context]),
        [[TITLES[n], ['before']]],
      );
      // An empty line ends a message in such a file: nothing says that it goes on.
      const whole = name === 'multi-line message' ? lines.slice(0, 5) : lines;
      assert.equal(events[0]!.sample!.text, whole.join('\n'));
    });

  it('of ten machines are the same, line by line among each other or one after another', () => {
    const machines = archives();
    const apart = readLog(machines.flat().join('\n'), { format: 'papertrail' });
    const rounds = Array.from({ length: 20 }, (_, at) => machines.flatMap((lines) => lines[at] ?? []));
    const among = readLog(rounds.flat().join('\n'), { format: 'papertrail' });
    assert.deepEqual(titlesOf(apart).toSorted(), TITLES.toSorted());
    assert.deepEqual(told(among.events), told(apart.events));
  });

  it('are the same in any order of the streams', () => {
    const machines = archives();
    const alone = told(machines.flatMap((lines) => readLog(lines.join('\n'), { format: 'papertrail' }).events));
    fc.assert(
      fc.property(fc.array(fc.nat(machines.length - 1), { maxLength: 200 }), (turns) => {
        const left = machines.map((lines) => [...lines]);
        const order = [...turns.flatMap((turn) => left[turn]!.shift() ?? []), ...left.flat()];
        assert.deepEqual(told(readLog(order.join('\n'), { format: 'papertrail' }).events), alone);
      }),
      { numRuns: 30, seed: 22 },
    );
  });

  it('are the same however their bytes come', () => {
    const log = djangoLog().replace('Internal Server Error', 'Größer 漢字 😀');
    const whole = told(readLog(log).events);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (cuts) => {
        assert.deepEqual(told(readLog(log, {}, cuts).events), whole);
      }),
      { numRuns: 30, seed: 22 },
    );
  });

  it('are the same when reading ends after any byte and goes on from what was kept', () => {
    const bytes = new TextEncoder().encode(djangoLog('\r\n'));
    const whole = told(readLog(bytes).events);
    for (let cut = 0; cut <= bytes.length; cut += 97) {
      const before = openReading({});
      const splitter = createLineSplitter();
      splitter.push(bytes.subarray(0, cut), before.line);
      const first = before.take().events;
      before.tellOpen('all');
      const open = before.take().events;
      const state = JSON.parse(JSON.stringify(before.state())) as ReturnType<typeof before.state>;
      const after = openReading({ state });
      const rest = createLineSplitter(splitter.offset);
      rest.push(bytes.subarray(splitter.offset), after.line);
      after.end();
      const second = after.take().events;
      assert.deepEqual(told([...first, ...second]), whole);
      assert.ok(open.length <= 1);
      for (const { id } of open) assert.ok([...first, ...second].some((event) => event.id === id));
    }
  });
});
