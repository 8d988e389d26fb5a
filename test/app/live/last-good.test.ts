import assert from 'node:assert/strict';
import { type FilesRead, keptTexts, settleFiles } from '../../../src/app/live/last-good.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import type { FileText } from '../../../src/core/ports/alerting/file-texts.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { createClock } from '../../support/time/clock.ts';

/** 20 November 2026, 10:42 UTC. */
const SINCE = Date.UTC(2026, 10, 20, 10, 42);
const BROKEN = '{ "filters": [ { "name": "crm", "projects": [] } ] }';

function file(...names: readonly string[]): string {
  return JSON.stringify({ filters: names.map((name) => ({ name, projects: [name] })) });
}

type Texts = Readonly<Record<string, string>>;

function settle(texts: Texts, kept: Texts, lost: readonly string[] = []) {
  const read: FilesRead = {
    files: Object.entries(texts).map(([path, text]) => ({ path, text })),
    faults: lost.map((path) => ({ where: path, file: path, text: 'cannot be read' })),
  };
  const old = Object.entries(kept).map(([path, text]): FileText => ({ path, text, since: SINCE }));
  const { judged, stale } = settleFiles(read, old, (it) => ({ filters: loadFilters(it.files, it.faults) }));
  return {
    names: judged.filters.filters.map(({ name }) => name),
    stale: stale.map(({ where, since }) => `${where} ${String(since === SINCE)}`),
    faults: judged.filters.faults.map(({ where }) => where),
  };
}

describe('the last good text of a file', () => {
  it('stands in for a text with a fault, and for one that cannot be read', () => {
    const texts = { 'a.yaml': BROKEN, 'b.yaml': file('web') };
    const kept = { 'a.yaml': file('crm'), 'b.yaml': file('old'), 'c.yaml': file('api') };
    assert.deepEqual(settle(texts, kept, ['c.yaml']), {
      names: ['crm', 'web', 'api'],
      stale: ['a.yaml:1 true', 'c.yaml true'],
      faults: [],
    });
  });

  it('does not bring back a file that is gone, and is not wanted where nothing is wrong', () => {
    assert.deepEqual(settle({ 'a.yaml': file('crm') }, { 'a.yaml': file('old'), 'b.yaml': file('web') }), {
      names: ['crm'],
      stale: [],
      faults: [],
    });
  });

  it('is left out where it does not fit any more: then the newest text is what is wrong', () => {
    assert.deepEqual(settle({ 'a.yaml': BROKEN, 'b.yaml': file('web') }, { 'a.yaml': BROKEN }), {
      names: ['web'],
      stale: [],
      faults: ['a.yaml:1'],
    });
    const taken = settle({ 'a.yaml': file('crm'), 'b.yaml': BROKEN.replace('crm', 'x') }, { 'b.yaml': file('crm') });
    assert.deepEqual(taken, { names: ['crm'], stale: [], faults: ['b.yaml:1'] });
  });

  for (const [failures, found, waits] of [
    [0, ['crm.yaml'], 0],
    [3, ['crm.yaml'], 6_000],
    [99, [], 30_000],
  ] as const)
    it(`comes from a ledger that is away ${failures} times, after ${waits} ms`, async () => {
      const [clock, log] = [createClock(), createLogBook()];
      const began = clock.now();
      let asked = 0;
      const all = async () => {
        if (asked++ < failures) throw new Error('the ledger is away');
        return [{ path: 'crm.yaml', text: '', since: 0 }];
      };
      const texts = await keptTexts({ all }, { ...clock, log });
      assert.deepEqual([texts.map(({ path }) => path), clock.now() - began], [found, waits]);
      assert.deepEqual(
        log.lines.map(({ fields }) => fields['again']),
        [[], [true], [true, false]][[0, 3, 99].indexOf(failures)],
      );
    });
});
