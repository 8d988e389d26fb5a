import assert from 'node:assert/strict';
import fs from 'node:fs';
import { loadFilters, readFilterFiles } from '../../../src/config/filters/load.ts';

export const FOLDER = 'test/fixtures/filters';
export const ONE = 'filters:\n  - name: acme\n    projects: [acme-web]\n';

export function load(path: string) {
  const { files, faults } = readFilterFiles(`${FOLDER}/${path}`, fs);
  return loadFilters(files, faults);
}

/** Line and text of each fault of a text. */
export function faultsOf(text: string): [number, string][] {
  const { filters, faults } = loadFilters([{ path: 'acme.yaml', text }]);
  assert.deepEqual(faults.length > 0 ? filters : [], []);
  return faults.map(({ where, text }) => [Number(where.slice('acme.yaml:'.length)), text]);
}
