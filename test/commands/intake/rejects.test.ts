import assert from 'node:assert/strict';
import { intake } from '../../../src/commands/intake/index.ts';
import { showRejects } from '../../../src/commands/intake/rejects.ts';
import type { KeptRejects } from '../../../src/core/ports/events/event-store.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const one = { at: AT, id: 'e', reason: 'no JSON', place: 'line 7', text: 'x\ny', isNote: false };

describe('what an intake could not read', () => {
  const said = async (kept: KeptRejects, json = false): Promise<string> => {
    let text = '';
    const world = { out: { write: (it: string) => void (text += it) } };
    await showRejects(
      { rejects: async () => kept },
      { names: ['shop'], most: 2, json },
      { world, redact: (it) => it.replaceAll('s3cret', '…') },
    );
    return text;
  };

  it('is counted, with remarks on what was read all the same', async () => {
    assert.equal(await said({ total: 0, notes: 0, newest: [] }), 'shop: 0 rejected\n');
    assert.equal(await said({ total: 0, notes: 1, newest: [] }), 'shop: 0 rejected, 1 remark on what was read\n');
    const newest = [one, { ...one, reason: 'a s3cret', isNote: true }];
    assert.deepEqual((await said({ total: 1, notes: 2, newest })).split('\n'), [
      'shop: 1 rejected, 2 remarks on what was read, the newest first',
      '  2026-11-20T10:00:00.000Z  no JSON (line 7): x y',
      '  2026-11-20T10:00:00.000Z  read, but a … (line 7): x y',
      '',
    ]);
  });

  it('is JSON where that is asked for', async () =>
    assert.deepEqual(JSON.parse(await said({ total: 1, notes: 0, newest: [one] }, true)), {
      ...{ intake: 'shop', total: 1, notes: 0, rejects: [{ ...one, at: '2026-11-20T10:00:00.000Z' }] },
    }));
});

describe('a call of intake', () => {
  for (const [args, message] of [
    [['a', 'b'], 'intake takes the name of one intake, or none for all'],
    [['--rejects', '--file', 'x'], '--rejects shows, and reads nothing'],
    [['--date', '2026-11-20'], '--file and --date are of one intake; write its name'],
    [['a', '--file', 'x', '--date', '2026-11-20'], '--file and --date are two ways; take one'],
    [['a', '--date', '2026-11-20', '--from', '2026-11-19'], '--date is one day; write --from and --to for several'],
    [['a', '--to', '2026-11-20'], 'write --from and --to, or --date for one day'],
    [['a', '--date', '2026-11-31'], '2026-11-31 is no day; write it such as 2026-11-29'],
    [['a', '--date', 'today'], 'today is no day; write it such as 2026-11-29'],
    [['a', '--from', '2026-11-20', '--to', '2026-11-19'], '--from 2026-11-20 is after --to 2026-11-19'],
  ] as const)
    it(`with ${args.join(' ')} is refused`, async () => {
      await assert.rejects(async () => intake.run(args, {} as never), { message });
    });
});
