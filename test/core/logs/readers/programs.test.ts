import assert from 'node:assert/strict';
import { Piece } from '../../../../src/core/logs/lines/line.ts';
import { createPrograms } from '../../../../src/core/logs/readers/programs.ts';

const COLUMNS = ['web-1', '192.0.2.1', 'User', 'Notice', 'web.debug'];

describe('programs of machines', () => {
  const programs = createPrograms();
  /** The stream of columns that stand behind others and before a message, and how long they are. */
  function at(columns: readonly string[], message = '\tready'): readonly [stream: string, bytes: number] | null {
    const piece = new Piece(new TextEncoder().encode(`1\t${columns.join('\t')}${message}`));
    const program = programs.at(piece, 2, piece.bytes.length);
    return program === null ? null : [program.stream, program.columns.length];
  }
  const without = (n: number): readonly string[] => COLUMNS.toSpliced(n, 1);

  it('are known by all of their columns, again and again', () => {
    for (let turn = 0; turn < 3; turn++)
      for (const machine of ['web-1', 'web-2', 'wib-1', 'eb-1', '1'])
        for (const level of ['Notice', 'Error'])
          for (const program of ['web.debug', 'wob.debug', 'web.errors', 'b', '']) {
            const columns = [machine, '192.0.2.1', 'User', level, program];
            assert.deepEqual(at(columns), [`${machine} ${program}`, columns.join('\t').length]);
          }
  });

  it('may have letters of several bytes', () => {
    const columns = ['wéb-1', '192.0.2.1', 'User', 'Notice', '漢'];
    for (let turn = 0; turn < 2; turn++) assert.deepEqual(at(columns), ['wéb-1 漢', 32]);
  });

  it('may have names that are too long to be known', () => {
    const machine = 'm'.repeat(5_000);
    for (let turn = 0; turn < 2; turn++)
      assert.deepEqual(at([machine, ...COLUMNS.slice(1)]), [`${machine} web.debug`, 5_032]);
  });

  it('are none where a column is missing, or their last one does not end', () => {
    assert.deepEqual(at(COLUMNS), ['web-1 web.debug', 37]);
    for (let n = 0; n < COLUMNS.length; n++) assert.equal(at(without(n)), null);
    assert.equal(at(COLUMNS, ''), null);
    assert.equal(at(COLUMNS, '.old'), null);
    assert.deepEqual(at(COLUMNS, '.old\tready'), ['web-1 web.debug.old', 41]);
  });

  it('do not end beyond the line: the next one is none of it', () => {
    const text = `1\t${COLUMNS.join('\t')}\n2\tmessage`;
    const piece = new Piece(new TextEncoder().encode(text));
    assert.equal(programs.at(piece, 2, text.indexOf('\n')), null);
    const whole = new Piece(new TextEncoder().encode(`1\t${COLUMNS.join('\t')}\tready`));
    assert.equal(programs.at(whole, 2, 40)!.stream, 'web-1 web.debug');
    assert.equal(programs.at(whole, 2, 39), null);
  });

  it('are right when there are more than are known at once', () => {
    for (let turn = 0; turn < 2; turn++)
      for (let n = 0; n < 2_500; n++) {
        const program = `worker-${n}`;
        assert.equal(at([...COLUMNS.slice(0, 4), program])![0], `web-1 ${program}`);
      }
  });
});
