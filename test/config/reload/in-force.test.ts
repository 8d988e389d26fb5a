import assert from 'node:assert/strict';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { changeOf } from '../../../src/config/reload/change.ts';
import { firstInForce, type InForce, nextInForce, type ReadFiles } from '../../../src/config/reload/in-force.ts';

/** 20 November 2026, UTC. */
const at = (hours: number, minutes: number): number => Date.UTC(2026, 10, 20, hours, minutes);

/** A file with filters of these names; each counts the project of its name. */
function file(...names: string[]): string {
  return JSON.stringify({ filters: names.map((name) => ({ name, projects: [name] })) });
}

type Texts = Readonly<Record<string, string>>;

function read(texts: Texts, lost: Texts = {}): ReadFiles {
  return {
    files: Object.entries(texts).map(([path, text]) => ({ path, text })),
    faults: Object.entries(lost).map(([path, text]) => ({ where: path, file: path, text })),
  };
}

function startWith(texts: Texts, now = at(10, 42)): InForce {
  const { files } = read(texts);
  return firstInForce({ path: 'filters', texts: files, set: loadFilters(files), stale: [] }, now);
}

function then(before: InForce, texts: Texts, rest: { now?: number; isStrict?: boolean; lost?: Texts } = {}): InForce {
  const { now = at(11, 0), isStrict = false, lost } = rest;
  return nextInForce(before, read(texts, lost), { judge: loadFilters, isStrict, now });
}

const names = ({ filters }: InForce): readonly string[] => filters.map(({ name }) => name);
const said = ({ faults }: InForce): readonly string[] => faults.map(({ where, text }) => `${where}: ${text}`);
const numbers = ({ loadedAt, files, rejected }: InForce): readonly number[] => [loadedAt, files, rejected];

const BROKEN = '{ "filters": [ { "name": "crm", "projects": [] } ] }';
const OLD = 'the text of 10:42 UTC on 2026-11-20 is in force';
const ALL_OLD = 'the filters of 10:42 UTC on 2026-11-20 are in force';
const EMPTY_LIST = 'projects: is an empty list; write at least one entry';

describe('filters that are read again', () => {
  it('are those of the new texts, when nothing is wrong with them', () => {
    const after = then(startWith({ 'a.yaml': file('crm') }), { 'a.yaml': file('crm', 'web'), 'b.yaml': file('api') });
    assert.deepEqual([names(after), said(after), numbers(after)], [['crm', 'web', 'api'], [], [at(11, 0), 2, 0]]);
  });

  it('are of the former text where the new one has a fault; the other files are new', () => {
    const before = startWith({ 'a.yaml': file('crm'), 'b.yaml': file('web') });
    const after = then(before, { 'a.yaml': BROKEN, 'b.yaml': file('web', 'api') });
    assert.deepEqual(
      [names(after), said(after), numbers(after)],
      [['crm', 'web', 'api'], [`a.yaml:1: ${EMPTY_LIST}; ${OLD}`], [at(10, 42), 2, 1]],
    );
    assert.deepEqual(
      after.faults.map(({ since }) => since),
      [at(10, 42)],
    );
  });

  it('keep saying when a kept text was read, however often others are read after it', () => {
    const start = startWith({ 'a.yaml': file('crm'), 'b.yaml': file('web') });
    const once = then(start, { 'a.yaml': BROKEN, 'b.yaml': file('web', 'api') });
    const twice = then(once, { 'a.yaml': BROKEN, 'b.yaml': file('api') }, { now: at(11, 30) });
    assert.deepEqual([names(twice), said(twice)], [['crm', 'api'], [`a.yaml:1: ${EMPTY_LIST}; ${OLD}`]]);
    const mended = then(twice, { 'a.yaml': file('crm', 'shop'), 'b.yaml': file('api') }, { now: at(11, 40) });
    assert.deepEqual([names(mended), said(mended)], [['crm', 'shop', 'api'], []]);
    const both = { 'a.yaml': BROKEN, 'b.yaml': BROKEN.replace('crm', 'api') };
    const broken = then(mended, both, { now: at(11, 50) });
    assert.deepEqual(said(broken), [
      `a.yaml:1: ${EMPTY_LIST}; the text of 11:40 UTC on 2026-11-20 is in force`,
      `b.yaml:1: ${EMPTY_LIST}; the text of 11:30 UTC on 2026-11-20 is in force`,
    ]);
  });

  it('are without those of a file that is new and has a fault, as at the start', () => {
    const after = then(startWith({ 'a.yaml': file('crm') }), { 'a.yaml': file('crm'), 'b.yaml': '{ "filters": 1 }' });
    assert.deepEqual([names(after), after.faults[0]!.since, numbers(after)], [['crm'], undefined, [at(10, 42), 1, 1]]);
    assert.doesNotMatch(said(after)[0]!, /in force/);
  });

  it('take a file that had a fault since the start, once it is mended', () => {
    const files = { 'a.yaml': BROKEN, 'b.yaml': file('web') };
    const after = then(startWith(files), { ...files, 'a.yaml': file('crm') });
    assert.deepEqual(
      [names(after), numbers(after)],
      [
        ['crm', 'web'],
        [at(11, 0), 2, 0],
      ],
    );
  });

  it('go with their file', () => {
    const before = startWith({ 'a.yaml': file('crm', 'shop'), 'b.yaml': file('web') });
    const after = then(before, { 'b.yaml': file('web') });
    assert.deepEqual([names(after), said(after)], [['web'], []]);
    assert.deepEqual([...changeOf(before, after).gone], [['a.yaml', ['crm', 'shop']]]);
  });

  it('stay when their file cannot be read', () => {
    const before = startWith({ 'a.yaml': file('crm'), 'b.yaml': file('web') });
    const after = then(before, { 'b.yaml': file('web') }, { lost: { 'a.yaml': 'cannot be read (EACCES)' } });
    assert.deepEqual([names(after), said(after)], [['crm', 'web'], [`a.yaml: cannot be read (EACCES); ${OLD}`]]);
  });

  it('stay when all files are gone', () => {
    const before = startWith({ 'd/a.yaml': file('crm'), 'd/b.yaml': file('web') });
    const after = then(before, {}, { lost: { d: 'does not exist' } });
    assert.deepEqual(
      [names(after), said(after), numbers(after)],
      [['crm', 'web'], [`d: does not exist; ${ALL_OLD}`], [at(10, 42), 2, 1]],
    );
  });

  it('stay when the only file is gone', () => {
    const after = then(startWith({ 'f.yaml': file('crm') }), {}, { lost: { 'f.yaml': 'does not exist' } });
    assert.deepEqual([names(after), said(after)], [['crm'], [`f.yaml: does not exist; ${OLD}`]]);
  });

  it('all stay with STRICT_FILTERS and any fault, also of a file that is new', () => {
    const before = startWith({ 'a.yaml': file('crm'), 'b.yaml': file('web') });
    const texts = { 'a.yaml': file('crm', 'shop'), 'b.yaml': file('web'), 'c.yaml': BROKEN.replace('crm', 'api') };
    const after = then(before, texts, { isStrict: true });
    assert.deepEqual(
      [names(after), said(after), numbers(after)],
      [['crm', 'web'], [`c.yaml:1: ${EMPTY_LIST}; ${ALL_OLD}`], [at(10, 42), 2, 1]],
    );
    assert.deepEqual(names(then(after, { ...texts, 'c.yaml': file('api') }, { isStrict: true })), [
      'crm',
      'shop',
      'web',
      'api',
    ]);
  });
});

describe('a new text that does not go with those in force', () => {
  it('is at fault, also where its path comes first', () => {
    const before = startWith({ 'a.yaml': file('crm'), 'b.yaml': file('web') });
    const after = then(before, { 'a.yaml': file('crm', 'web'), 'b.yaml': file('web') });
    assert.deepEqual(
      [names(after), said(after)],
      [
        ['crm', 'web'],
        [`a.yaml: does not go with b.yaml:1: name: "web" is taken by the filter in a.yaml:1; choose another; ${OLD}`],
      ],
    );
  });

  it('is at fault when the name is still taken by a former text', () => {
    const before = startWith({ 'a.yaml': file('crm', 'web'), 'b.yaml': file('api') });
    const broken = '{ "filters": [ { "name": "crm", "projects": [] } ] }';
    const after = then(before, { 'a.yaml': broken, 'b.yaml': file('api', 'web') });
    assert.deepEqual(names(after), ['crm', 'web', 'api']);
    assert.deepEqual(
      said(after).map((text) => text.split('; ')[0]),
      [`a.yaml:1: ${EMPTY_LIST.split('; ')[0]!}`, 'b.yaml:1: name: "web" is taken by the filter in a.yaml:1'],
    );
    const mended = then(after, { 'a.yaml': file('crm'), 'b.yaml': file('api', 'web') });
    assert.deepEqual([names(mended), said(mended)], [['crm', 'api', 'web'], []]);
  });

  it('holds up no other one: a filter moves from file to file beside it', () => {
    const before = startWith({ 'a.yaml': file('a', 'moves'), 'b.yaml': file('b'), 'c.yaml': file('c') });
    for (const [from, to] of [
      ['a.yaml', 'b.yaml'],
      ['b.yaml', 'a.yaml'],
    ] as const) {
      const other = startWith({ [from]: file('a', 'moves'), [to]: file('b'), 'c.yaml': file('c') });
      const after = then(other, {
        [from]: file('a'),
        [to]: file('b', 'moves'),
        'c.yaml': file('c'),
        'd.yaml': file('c'),
      });
      assert.deepEqual([names(after).toSorted(), after.rejected], [['a', 'b', 'c', 'moves'], 1]);
      assert.match(said(after)[0]!, /^d\.yaml:1: name: "c" is taken by the filter in c\.yaml:1/);
    }
    assert.equal(before.files, 3);
  });
});

describe('the print of the texts in force', () => {
  const web = file('web');

  it('is that of the texts, whatever their files are called', () => {
    const { print } = startWith({ 'a.yaml': web, 'b.yaml': file('api') });
    assert.equal(startWith({ 'x.yaml': file('api'), 'y.yaml': web }).print, print);
    assert.notEqual(startWith({ 'a.yaml': web }).print, print);
    assert.match(print, /^[0-9a-f]{16}$/);
  });

  it('follows what is taken, and not what is rejected', () => {
    const before = startWith({ 'a.yaml': web });
    assert.equal(then(before, { 'a.yaml': BROKEN }).print, before.print);
    assert.equal(then(before, { 'a.yaml': file('api') }).print, startWith({ 'a.yaml': file('api') }).print);
  });
});

describe('what a change did to filters', () => {
  it('names those that were added, changed and removed; one that only moved is none of them', () => {
    const before = startWith({ 'a.yaml': file('stays', 'goes', 'changes'), 'b.yaml': file('moves') });
    const changes = JSON.stringify({ filters: [{ name: 'changes', projects: ['other'] }] });
    const after = then(before, { 'a.yaml': file('comes', 'stays', 'moves'), 'c.yaml': changes });
    const { added, changed, removed, fresh } = changeOf(before, after);
    assert.deepEqual(
      [added, changed, removed, fresh.map(({ name, projects }) => [name, projects])],
      [
        ['comes'],
        ['changes'],
        ['goes'],
        [
          ['comes', ['comes']],
          ['changes', ['other']],
        ],
      ],
    );
  });
});
