import assert from 'node:assert/strict';
import { assemble, givenBy } from '../../src/app/assemble.ts';
import { configure, ownSettings } from '../../src/app/configure.ts';
import { filterJudge, judgedFilters, vetFilters } from '../../src/app/vet.ts';
import { firstInForce, type InForce, nextInForce } from '../../src/config/reload/in-force.ts';
import { worldOf } from './fake-world.ts';
import { filters, KEYS, SINKS, SOURCES } from './parts-world.ts';

describe('files that are read again', () => {
  it('cannot change what was set up at the start, and say so', () => {
    const { world } = worldOf(KEYS, { 'config/filters.yaml': SOURCES + filters(', source: eu') });
    const given = givenBy(world);
    const config = (text: string) => judgedFilters([{ path: 'f.yaml', text }], []);
    const made = configure(given, ownSettings(given), config(SOURCES + filters(', source: eu')));
    const again = (text: string) => vetFilters(config(text), made);
    assert.deepEqual(again(SOURCES + filters(', source: eu', '')).faults, []);
    const changed = again(SOURCES.replace('acme-eu', 'acme-two') + filters(', source: eu'));
    assert.deepEqual(
      [changed.filters, changed.faults.map(({ where, text }) => `${where} ${text}`)],
      [[], ['f.yaml:2 eu: has changed since the start; restart the service, or write it as it was']],
    );
    assert.match(again(SOURCES + SINKS + filters('')).faults[0]!.text, /^pay: is new since the start; restart/);
    assert.match(again(filters(', source: eu')).faults[0]!.text, /^source: "eu" is not an enabled source; /);
  });
});

describe('a folder of files that is read again', () => {
  const START = Date.UTC(2026, 10, 20, 10, 42);
  const textsOf = (files: Record<string, string>) => Object.entries(files).map(([path, text]) => ({ path, text }));
  const again = (before: Record<string, string>, ...later: readonly Record<string, string>[]): InForce => {
    const { world } = worldOf(KEYS, { 'config/filters.yaml': SOURCES + filters(', source: eu') });
    const given = givenBy(world);
    const set = judgedFilters(textsOf(before), []);
    const config = configure(given, ownSettings(given), set);
    const read = { path: 'config/filters.yaml', texts: textsOf(before), set: vetFilters(set, config), stale: [] };
    const first = firstInForce(read, START);
    const rules = { judge: filterJudge(config), isStrict: false, now: START + 60_000 };
    return later.reduce((it, files) => nextInForce(it, { files: textsOf(files), faults: [] }, rules), first);
  };
  const names = (it: InForce) => it.filters.map(({ name }) => name);
  const said = (it: InForce) => it.faults.map(({ where, text }) => `${where}: ${text}`);
  const team = filters(', source: eu');
  const other = (name: string) => filters('').replace('f1', name);

  it('keeps its filters when the files that are left have none, and says so', () => {
    const after = again({ 'a.yaml': other('g'), 'z.yaml': SINKS }, { 'z.yaml': SINKS });
    assert.deepEqual([names(after), after.files], [['g'], 2]);
    assert.deepEqual(said(after), [
      'z.yaml: has no filter, and no other file has one; write one under filters:; ' +
        'the filters of 10:42 UTC on 2026-11-20 are in force',
    ]);
  });

  it('keeps a file that is gone while others need what it sets up; what else is new counts', () => {
    const start = { 'a.yaml': team, 'b.yaml': other('g'), 'c.yaml': other('h'), 'z.yaml': SOURCES };
    const without = { 'a.yaml': team, 'b.yaml': other('new') };
    const after = again(start, without);
    assert.deepEqual([names(after), after.rejected], [['f1', 'new'], 1]);
    assert.match(
      said(after).join(),
      /^z\.yaml: is gone, but a\.yaml:2 needs it: source: "eu" is not .*; the text of 10:42 UTC on 2026-11-20 is in force$/,
    );
    const settled = again(start, without, { 'b.yaml': other('new') });
    assert.deepEqual([names(settled), said(settled), settled.files], [['new'], [], 1]);
  });

  it('takes a file that was renamed, and what others need of it', () => {
    const after = again({ 'a.yaml': team, 'z.yaml': SOURCES }, { 'a.yaml': team, 'y.yaml': SOURCES });
    assert.deepEqual([names(after), said(after), after.files], [['f1'], [], 2]);
  });
});

describe('parts of a folder', () => {
  const load = (files: Record<string, string>, env: Record<string, string> = {}) => {
    const { world } = worldOf({ ...KEYS, FILTERS: 'config', ...env }, files);
    const disk = {
      ...world.disk,
      statSync: (path: string) => ({
        isDirectory: () => path === 'config',
        isFile: () => path !== 'config',
        mtimeMs: 0,
      }),
      readdirSync: () => Object.keys(files).map((file) => file.slice('config/'.length)),
    };
    return assemble({ ...world, disk }).filters;
  };
  const team = filters(', source: eu', '');

  it('are common to all files', () => {
    const set = load({ 'config/a.yaml': team, 'config/z.yaml': SOURCES });
    assert.deepEqual([set.filters.map(({ name }) => name), set.faults], [['f1', 'f2'], []]);
  });

  it('of a file with faults, or that cannot be read, leave out the filters that name them, alone', () => {
    for (const [text, why] of [
      [
        `${SOURCES}nonsense: 1\n`,
        '"eu" is set up in config/z.yaml:2, and that file has faults; f1 is left out until then',
      ],
      ['sources: [\n', '"eu" is not known, and a file that may set it up cannot be read; f1 is left out'],
    ] as const) {
      const set = load({ 'config/a.yaml': team, 'config/z.yaml': text });
      assert.deepEqual(
        set.filters.map(({ name }) => name),
        ['f2'],
      );
      assert.deepEqual(`${set.faults[0]!.where} ${set.faults[0]!.text}`, `config/a.yaml:2 source: ${why}`);
    }
  });

  it('that nobody sets up are a fault of the file that names them', () => {
    const set = load({
      'config/a.yaml': team,
      'config/b.yaml': filters('').replace('f1', 'g'),
      'config/z.yaml': SINKS,
    });
    assert.deepEqual(
      [set.filters.map(({ name }) => name), set.faults.map(({ where, text }) => `${where} ${text}`)],
      [
        ['g'],
        ['config/a.yaml:2 source: "eu" is not an enabled source; write some of sentry, or set it up under sources:'],
      ],
    );
  });
});
