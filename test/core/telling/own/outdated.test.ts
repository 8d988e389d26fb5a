import assert from 'node:assert/strict';
import { watchOutdated } from '../../../../src/core/telling/own/outdated.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { createLogBook } from '../../../support/build/scope.ts';

const CRM = filterOf({ name: 'crm', place: { file: 'crm.yaml', line: 3, lines: {} } });

describe('a server with older files', () => {
  it('says so to the admin, in its log once, and in its answers until it decides or has read its files again', async () => {
    const told: string[] = [];
    const log = createLogBook();
    let loadedAt = 1;
    const watch = watchOutdated({
      loadedAt: () => loadedAt,
      server: 'host-1',
      admin: { tellDaily: async (kind) => void told.push(kind) },
      log,
    });
    assert.deepEqual(watch.faults(), []);
    for (let turn = 0; turn < 2; turn++) await watch.note({ isOutdated: true }, CRM);
    assert.deepEqual(watch.faults(), [
      {
        where: 'crm.yaml:3',
        text:
          'host-1 has older filters files than the server that decided last: it decides nothing of crm; ' +
          'give it the newest files, or reload them there',
      },
    ]);
    assert.deepEqual([log.texts(), told], [['files are outdated'], ['outdated/host-1', 'outdated/host-1']]);
    await watch.note({ isOutdated: false }, CRM);
    assert.deepEqual(watch.faults(), []);
    await watch.note({ isOutdated: true }, CRM);
    loadedAt = 2;
    assert.deepEqual(watch.faults(), []);
  });
});
