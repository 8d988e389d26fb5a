import assert from 'node:assert/strict';
import { endProcesses } from '../support/process/processes.ts';
import { quickRows } from './quick.ts';

describe('npm run bench -- --quick', () => {
  afterEach(endProcesses);

  it('has right numbers, and as many requests at a million events as at a hundred, and as the formula says', async function () {
    this.timeout(180_000);

    const rows = await quickRows();

    const equal = rows.find(({ name }) => name === 'all sizes')!;
    assert.match(equal.against!, /^100 to 1,000,000 events: 13 requests cold, 6 warm, in every run: equal: met$/);
    assert.deepEqual(
      rows
        .filter(({ name }) => /^1,000, |^10, |^8 runs/.test(name))
        .map(({ name, requests, numbers }) => [name, requests, numbers]),
      [
        ['1,000, cold', '13', '77 records a run, right'],
        ['1,000, warm', '6', '77 records a run, right'],
        ['1,000, reading every page', '12', '1,000 events, right'],
        ['1,000, the 2017 way', '12', '1,000 events, right'],
        ['10, cold', '54', 'totals of all 10, right; nothing left out'],
        ['10, warm', '30', 'totals of all 10, right; nothing left out'],
        ['8 runs', undefined, "4,480 records, each run's right"],
      ],
    );
  });
});
