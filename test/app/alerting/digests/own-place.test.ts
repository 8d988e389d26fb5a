import assert from 'node:assert/strict';
import { ownPlace } from '../../../../src/app/alerting/digests/own-place.ts';
import { worldOf } from '../../fake-world.ts';

describe('where the service runs', () => {
  it('is known as far as the disk tells', () => {
    const { world } = worldOf();
    const asked: string[] = [];
    const statfsSync = (path: string) => (asked.push(path), { bsize: 4096, blocks: 1000, bavail: 10 });
    const { disk, node, version } = ownPlace({ ...world, disk: { ...world.disk, statfsSync }, node: '24.21.0' });
    assert.deepEqual([disk('/data'), disk(null)], Array(2).fill({ bytes: 4_096_000, free: 40_960 }));
    assert.deepEqual([asked, node, version], [['/data', '.'], '24.21.0', '1.2.3']);
    const bare = ownPlace({ version: '1', disk: { ...world.disk, statfsSync: undefined } });
    assert.deepEqual([bare.disk(null), bare.node], [null, 'of a version that is not known']);
  });
});
