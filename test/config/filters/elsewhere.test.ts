import assert from 'node:assert/strict';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';

const FILTER = '{ name: a, projects: [b] }';
const faultsIn = (text: string): readonly string[] =>
  loadFilters([{ path: 'f.yaml', text }], [], partKinds).faults.map(({ where, text: said }) => `${where} ${said}`);

describe('a key that has its place elsewhere in a filters file', () => {
  it('of a filter beside the filters says where that is', () => {
    const there = 'is not a key of this file; it is one of a filter: write it there';
    assert.deepEqual(faultsIn(`alerts: [new]\nname: a\nfilters: [${FILTER}]\n`), [
      `f.yaml:1 "alerts" ${there}, or under defaults: for all of this file`,
      `f.yaml:2 "name" ${there}`,
    ]);
  });

  it('of the file in a filter, or in the defaults, does too', () => {
    const there = 'is not a key of a filter; it is one of the file: write it outside of filters:';
    assert.deepEqual(faultsIn('filters: [{ name: a, projects: [b], mutes: [] }]\ndefaults: { channels: {} }\n'), [
      `f.yaml:1 "mutes" ${there}`,
      `f.yaml:2 "channels" ${there}`,
    ]);
  });

  it('is taken for a slip where it is nearly one that may stand there', () =>
    assert.deepEqual(faultsIn('filters: [{ name: a, projects: [b], sources: eu }]\n'), [
      'f.yaml:1 "sources" is not a key of a filter; did you mean source?',
    ]));
});
