import assert from 'node:assert/strict';
import { tellFull } from '../../../../src/core/telling/upkeep/tell-full.ts';

describe('room for events', () => {
  it('is told to the admin when there is none, and once when there is again', async () => {
    const told: string[] = [];
    let full: string | null = null;
    const tell = async (kind: string, line: string): Promise<never> => told.push(`${kind}: ${line}`) as never;
    const chore = tellFull({ room: async () => ({ full }) as never, admin: { tell, tellDaily: tell } });
    const scope = {} as never;
    await chore.work(scope);
    full = 'Events take 10 GB';
    await chore.work(scope);
    await chore.work(scope);
    full = null;
    await chore.work(scope);
    await chore.work(scope);
    assert.deepEqual(told, [
      ...Array.from({ length: 2 }, () => 'events/full: Events take 10 GB.'),
      'events/room: Intakes go on: there is room for events again.',
    ]);
    await tellFull({ room: async () => null, admin: { tell, tellDaily: tell } }).work(scope);
    assert.equal(told.length, 3);
  });
});
