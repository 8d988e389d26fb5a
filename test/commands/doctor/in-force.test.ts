import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { type Bench, FILTERS, openBench } from '../../support/doctor/bench.ts';
import { type Service, startService } from '../../support/e2e/service.ts';
import { stoppedClock } from '../../support/time/steered-clock.ts';

/** Of a file that is as old as this. */
const OLD = new Date('2026-11-20T10:00:00Z');
const START = Date.UTC(2026, 10, 20, 12, 0);
const OTHER = 'filters:\n  - name: another\n    projects: [shop-web]\n';

describe('doctor, beside a running service, of the filters in force', () => {
  let bench: Bench;
  let service: Service;
  beforeEach(async () => {
    bench = await openBench();
    const path = bench.files.file('filters.yaml');
    utimesSync(path, OLD, OLD);
    service = await startService({
      sandbox: bench.sandbox,
      clock: stoppedClock(START),
      filters: [],
      file: readFileSync(path, 'utf8'),
      env: { FILTERS: path },
    });
  });
  afterEach(async () => {
    await service.close();
    await bench.close();
  });

  const look = async (FILTERS_PATH = bench.files.file('filters.yaml')): Promise<readonly unknown[]> => {
    const { rows } = await bench.look({ PORT: new URL(service.url).port, FILTERS: FILTERS_PATH });
    const found = rows.filter(({ check }) => check === 'filters in force');
    return found.map(({ status, variable, where, say }) => [status, variable, where, say]);
  };
  const SAME = [['ok', null, null, 'those of the files']];

  it('those of the same file', async () => assert.deepEqual(await look(), SAME));

  it('a file that was only touched is the same', async () => {
    const path = bench.files.file('filters.yaml');
    utimesSync(path, new Date(), new Date());
    assert.deepEqual(await look(), SAME);
  });

  it('a copy in another place, as outside a container, is the same', async () => {
    const copy = bench.files.file('copy.yaml');
    copyFileSync(bench.files.file('filters.yaml'), copy);
    assert.deepEqual(await look(copy), SAME);
  });

  it('a file that was changed since', async () => {
    const path = bench.files.file('filters.yaml');
    writeFileSync(path, OTHER);
    const say = 'was changed after the running service had loaded it at 2026-11-20T12:00:00.000Z; reload or restart it';
    assert.deepEqual(await look(), [['warning', null, path, say]]);
  });

  it('an older file that was put in its place', async () => {
    const path = bench.files.file('filters.yaml');
    writeFileSync(path, OTHER);
    utimesSync(path, OLD, OLD);
    const say = 'is not what the running service loaded at 2026-11-20T12:00:00.000Z; reload or restart it';
    assert.deepEqual(await look(), [['warning', null, path, say]]);
  });

  it('another file, however new it is: it was not changed, and no reload helps', async () => {
    const path = bench.files.file('other.yaml');
    writeFileSync(path, OTHER);
    const say =
      'names another place than the running service reads, and other filters; ' +
      'look with the settings of that service, or restart it with these';
    assert.deepEqual(await look(path), [['warning', 'FILTERS', path, say]]);
  });

  it('a file that the service rejected', async () => {
    const path = bench.files.file('filters.yaml');
    writeFileSync(path, `${FILTERS}  - nonsense\n`);
    const body = {
      status: 'degraded',
      filters: { loadedAt: '2026-11-20T12:00:00.000Z', files: 1, rejected: 1, print: 'of before' },
    };
    const url = await bench.serve((_request, response) => response.end(JSON.stringify(body)));
    const { rows } = await bench.look({ PORT: new URL(url).port });
    assert.deepEqual(
      rows.filter(({ check }) => check === 'filters in force').map(({ where, say }) => [where, say]),
      [[path, 'is not in force in the running service, which rejected the newest text of 1: mend the faults']],
    );
  });
});
