import assert from 'node:assert/strict';
import type { RestoreMark, Restores } from '../../../../src/core/ports/backup/restores.ts';
import { tellRestored } from '../../../../src/core/telling/upkeep/tell-restored.ts';
import { restoredIn } from '../../../../src/app/alerting/runs/restored.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const MARK: RestoreMark = {
  at: Date.UTC(2026, 10, 20, 10),
  copy: 'm_1_ledger.sqlite.gz',
  releasedAt: null,
  isTold: false,
};

function stage(
  first: RestoreMark | null,
  { channel = 'ops', takes = [true] }: { channel?: string; takes?: boolean[] } = {},
) {
  let mark = first;
  let asked = 0;
  const told: string[] = [];
  const held = async () => ({ messages: 2, tellings: 3 });
  const restores: Pick<Restores, 'mark' | 'held' | 'noteTold'> = {
    mark: async () => (asked++, mark),
    held,
    noteTold: async () => void (mark = { ...mark!, isTold: true }),
  };
  const tell = async (kind: string, line: string, details: readonly string[] = []) => {
    told.push([kind, line, ...details].join(' | '));
    return takes.shift() ?? true;
  };
  const chore = tellRestored({ restores, admin: { channel: channel === '' ? undefined : channel, tell } });
  return { work: () => chore.work(scopeOf()), told, asked: () => asked, restores };
}

describe('a restore', () => {
  it('is told to the admin once, with how many are held and what to do', async () => {
    const { work, told, asked } = stage(MARK, { takes: [false, true] });
    for (let n = 0; n < 4; n++) await work();
    const line =
      'restored | The ledger was restored at 2026-11-20T10:00:00.000Z from m_1_ledger.sqlite.gz. 2 messages and ' +
      '3 pieces of news that it was about to tell are held, because nobody knows whether they were told. | ' +
      'sentry-monitor restore --send-pending sends them, --drop-pending drops them.';
    assert.deepEqual(told, [line, line], 'the first was not taken');
    assert.equal(asked(), 2);
  });

  it('that was told, or never was, or has nobody to be told to, is not asked for again', async () => {
    for (const [mark, channel, times] of [
      [{ ...MARK, isTold: true }, 'ops', 1],
      [null, 'ops', 1],
      [MARK, '', 0],
    ] as const) {
      const { work, told, asked } = stage(mark, { channel });
      for (let n = 0; n < 3; n++) await work();
      assert.deepEqual([told, asked()], [[], times]);
    }
  });

  it('is looked for at each pass while there is one, and once where there is none', async () => {
    for (const [mark, times] of [
      [MARK, 3],
      [null, 1],
    ] as const) {
      const { restores, asked } = stage(mark);
      const read = restoredIn(restores);
      for (let n = 0; n < 3; n++) assert.equal(await read(), mark);
      assert.equal(asked(), times);
    }
    assert.equal(await restoredIn(undefined)(), null);
  });
});
