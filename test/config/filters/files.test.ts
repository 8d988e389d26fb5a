import assert from 'node:assert/strict';
import { type FilterDisk, loadFilters, readFilterFiles } from '../../../src/config/filters/load.ts';
import { FOLDER, ONE, load, faultsOf } from './faults-of-text.ts';

describe('a folder of filters files', () => {
  it('runs the good files and names the faults of the others', () => {
    const set = load('team');
    assert.deepEqual(
      set.filters.map(({ name }) => name),
      ['shop', 'ops'],
    );
    assert.deepEqual(set.faults, [
      {
        where: `${FOLDER}/team/b-billing.yml:4`,
        file: `${FOLDER}/team/b-billing.yml`,
        text: 'levels: "loud" is not a level; write some of sample, debug, info, warning, error, fatal, unknown',
      },
      {
        where: `${FOLDER}/team/c-twin.yaml:5`,
        file: `${FOLDER}/team/c-twin.yaml`,
        text: `name: "shop" is taken by the filter in ${FOLDER}/team/a-shop.yaml:2; choose another`,
      },
    ]);
    assert.deepEqual(
      set.files.map(({ path }) => path.slice(FOLDER.length)),
      ['/team/a-shop.yaml', '/team/b-billing.yml', '/team/c-twin.yaml', '/team/d-ops.yaml'],
    );
  });

  it('blames the later path, whatever the order of the files', () => {
    const set = loadFilters([
      { path: 'z.yaml', text: ONE },
      { path: 'a.yaml', text: `# a\n${ONE}` },
    ]);
    assert.deepEqual(set.faults, [
      { where: 'z.yaml:2', file: 'z.yaml', text: 'name: "acme" is taken by the filter in a.yaml:3; choose another' },
    ]);
    assert.equal(set.filters.length, 1);
    assert.equal(set.where('acme'), 'a.yaml:3');
  });

  it('tells twins among the other faults by line, and takes filters without a name for none', () => {
    assert.deepEqual(
      faultsOf(`${ONE}    top: 0\n  - name: acme\n    projects: [a]\n    team: 1\n`).map(([line]) => line),
      [4, 5, 7],
    );
    assert.deepEqual(
      faultsOf('filters:\n  - projects: [a]\n  - projects: [b]\n').map(([line]) => line),
      [2, 3],
    );
  });
});

describe('files that cannot be read', () => {
  const kind = (file: boolean) => ({ isDirectory: () => !file, isFile: () => file });
  const failing = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };
  const disk: FilterDisk = { statSync: () => kind(true), readdirSync: () => [], readFileSync: () => Buffer.from(ONE) };

  function faults(path: string, parts: Partial<FilterDisk>) {
    const read = readFilterFiles(path, { ...disk, ...parts });
    assert.deepEqual(
      read.faults.map(({ where, file }) => [where, file]),
      read.faults.map(({ file }) => [file, file]),
    );
    return read.faults.map(({ where, text }) => `${where}: ${text}`);
  }

  it('says what to do about a missing file', () => {
    const [set, file] = [load('none.yaml'), `${FOLDER}/none.yaml`];
    assert.deepEqual(set.faults, [
      {
        where: file,
        file,
        text: 'does not exist; run init, copy config/filters.example.yaml to this place, or set FILTERS to another',
      },
    ]);
    assert.deepEqual(
      set.files.map(({ path }) => path),
      [file],
    );
    assert.match(load('good/smallest.yaml/x').faults[0]?.text ?? '', /^does not exist;/);
  });

  it('says what to do about an empty folder', () => {
    const empty = { statSync: () => kind(false), readdirSync: () => ['README.md', '.a.yaml', 'b.yaml.bak', 'yaml'] };
    assert.deepEqual(faults('f', empty), [
      'f: has no file *.yaml or *.yml in it; copy config/filters.example.yaml into it, or set FILTERS to another place',
    ]);
  });

  it('says which right is missing', () => {
    const rights = 'check its rights and those of its folder';
    assert.deepEqual(faults('f.yaml', { statSync: failing('EACCES') }), [`f.yaml: cannot be read (EACCES); ${rights}`]);
    assert.deepEqual(faults('f.yaml', { readFileSync: failing('EACCES') }), [
      `f.yaml: cannot be read (EACCES); ${rights}`,
    ]);
    assert.deepEqual(faults('f.yaml', { readFileSync: () => JSON.parse('') as never }), [
      `f.yaml: cannot be read (unknown error); ${rights}`,
    ]);
    assert.deepEqual(faults('d', { statSync: () => kind(false), readdirSync: failing('EPERM') }), [
      `d: cannot be read (EPERM); ${rights}`,
    ]);
  });

  it('refuses devices, broken links and other encodings, and reads the other files', () => {
    const folder: Partial<FilterDisk> = {
      readdirSync: () => ['pipe.yaml', 'link.yml', 'latin.yaml', 'good.yaml'],
      statSync: (path) =>
        path.endsWith('link.yml') ? failing('ENOENT')() : kind(path !== 'dir' && !path.endsWith('pipe.yaml')),
      readFileSync: (path) => (path.endsWith('latin.yaml') ? Buffer.from([0x67, 0xf6]) : Buffer.from(ONE)),
    };
    assert.deepEqual(faults('dir', folder), [
      'dir/latin.yaml: is not UTF-8; save it with that encoding',
      'dir/link.yml: does not exist; remove the link or restore what it points to',
      'dir/pipe.yaml: is not a file; write the filters into a plain file',
    ]);
    assert.deepEqual(readFilterFiles('dir', { ...disk, ...folder }).files, [{ path: 'dir/good.yaml', text: ONE }]);
  });
});
