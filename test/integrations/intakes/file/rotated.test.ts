import assert from 'node:assert/strict';
import { rotatedName } from '../../../../src/integrations/intakes/file/finding/rotated.ts';
import { positionIn, positionText } from '../../../../src/integrations/intakes/file/position.ts';

describe('names that rotation makes', () => {
  const of = (live: string, name: string): boolean | null => rotatedName(live, name)?.isPacked ?? null;

  it('are after the whole name, or before its ending, packed or not', () => {
    for (const [live, name, isPacked] of [
      ['app.log', 'app.log.1', false],
      ['app.log', 'app.log-20261129.gz', true],
      ['app.log', 'app-20261129.log', false],
      ['app.log', 'app-2026-11-29.log.gz', true],
      ['messages', 'messages.1', false],
      ['messages', 'messages-20261129.gz', true],
      ['.log', '.log.1', false],
    ] as const)
      assert.equal(of(live, name), isPacked, name);
  });

  it('are no others', () => {
    for (const [live, name] of [
      ['app.log', 'app.log'],
      ['app.log', 'app.log.bak'],
      ['app.log', 'other.log.1'],
      ['messages', 'messages1'],
      ['.log', '1.log'],
    ] as const)
      assert.equal(of(live, name), null, name);
  });
});

describe('how far files were read', () => {
  it('is kept as text, and not understood from another release', () => {
    const position = { at: 5, files: [], passed: null } as never;
    assert.deepEqual(positionIn(positionText(position)), position);
    assert.deepEqual([positionIn(null), positionIn(undefined)], [undefined, undefined]);
    assert.throws(() => positionIn('{"version":99}'), {
      message: 'its place in the ledger was written by another release (99)',
    });
  });
});
