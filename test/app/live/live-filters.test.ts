import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createLiveFilters } from '../../../src/app/live/live-filters.ts';
import { loadFilters, readFilterFiles } from '../../../src/config/filters/load.ts';
import type { LookDisk } from '../../../src/config/reload/look.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { createClock } from '../../support/time/clock.ts';
import { until } from '../../support/time/until.ts';

const file = (name: string): string => JSON.stringify({ filters: [{ name, projects: [name] }] });
const BROKEN = '{ "filters": [ { "name": "crm", "projects": [] } ] }';

describe('filters after the start', () => {
  let place: ReturnType<typeof folder>;
  afterEach(() => place.remove());

  /** Starts, changes the files, and watches until `looks` looks are done. */
  const texts = async (change: () => void, looks: number): Promise<readonly string[]> => {
    const [clock, log, end] = [createClock(), createLogBook(), new AbortController()];
    const read = readFilterFiles(place.path, fs);
    const set = loadFilters(read.files, read.faults);
    const count = { looks: 0 };
    const stat: LookDisk['stat'] = async (path) => {
      if (path === place.path && count.looks++ === looks) end.abort();
      return fs.promises.stat(path);
    };
    const live = createLiveFilters(
      { path: place.path, read, texts: read.files, set, stale: [], judge: loadFilters },
      {
        ...{ now: clock.now, sleep: clock.sleep, log, isStrict: false, replaced: () => undefined },
        disk: { promises: { ...fs.promises, stat } },
      },
    );
    change();
    void live.watch(end.signal);
    await until('it has looked so often', () => end.signal.aborted);
    return log.lines.map(({ text }) => text);
  };

  it('are not read again when nothing has changed since, also where a file has a fault', async () => {
    place = folder({ 'a.yaml': file('web'), 'b.yaml': BROKEN });
    assert.deepEqual(await texts(() => undefined, 3), []);
  });

  it('are read again when something changed between the start and the first look', async () => {
    place = folder({ 'a.yaml': file('web'), 'b.yaml': BROKEN });
    const change = (): void => fs.writeFileSync(place.file('b.yaml'), file('crm'));
    assert.deepEqual(await texts(change, 3), ['filters replaced']);
  });
});
