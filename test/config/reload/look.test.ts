import assert from 'node:assert/strict';
import { mkdirSync, promises, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFilterFiles } from '../../../src/config/filters/load.ts';
import { look } from '../../../src/config/reload/look.ts';
import { folder } from '../../support/process/temp-folder.ts';

describe('a look at the filters', () => {
  let place: ReturnType<typeof folder>;
  afterEach(() => place.remove());

  const print = async (path: string): Promise<string> => (await look(path, promises)).print;
  const textsAt = async (path: string): Promise<object> => {
    const { disk } = await look(path, promises);
    const { files, faults } = readFilterFiles(path, disk);
    return [
      ...files.map((file) => [file.path.slice(path.length), file.text]),
      ...faults.map((fault) => [fault.file.slice(path.length), fault.text]),
    ];
  };

  it('sees the texts of a file, or of a folder, and nothing else', async () => {
    place = folder({ 'a.yaml': 'one', 'b.yml': 'two', '.c.yaml.swp': 'no', 'd.yaml~': 'no', '.e.yaml': 'no' });
    assert.deepEqual(await textsAt(place.path), [
      ['/a.yaml', 'one'],
      ['/b.yml', 'two'],
    ]);
    assert.deepEqual(await textsAt(place.file('a.yaml')), [['', 'one']]);
  });

  it('sees what is missing or is no file, and never rejects', async () => {
    place = folder({});
    mkdirSync(place.file('sub.yaml'));
    symlinkSync('nowhere', place.file('link.yaml'));
    assert.deepEqual(await textsAt(place.path), [
      ['/link.yaml', 'does not exist; remove the link or restore what it points to'],
      ['/sub.yaml', 'is not a file; write the filters into a plain file'],
    ]);
    const lost = await textsAt(place.file('gone.yaml'));
    assert.match(JSON.stringify(lost), /does not exist/);
  });

  it('has another print after every kind of change, and the same while nothing changes', async () => {
    place = folder({ 'a.yaml': 'one' });
    const prints = [await print(place.path)];
    const differs = async (what: string, change: () => void): Promise<void> => {
      change();
      const now = await print(place.path);
      assert.ok(!prints.includes(now), what);
      assert.equal(await print(place.path), now, `the same after: ${what}`);
      prints.push(now);
    };
    const old = new Date('2026-11-01T00:00:00Z');
    await differs('written in place, as long as before', () => writeFileSync(place.file('a.yaml'), 'two'));
    await differs('replaced by rename', () => {
      writeFileSync(place.file('.a.yaml.new'), 'three');
      renameSync(place.file('.a.yaml.new'), place.file('a.yaml'));
    });
    await differs('one more file', () => writeFileSync(place.file('b.yaml'), 'three'));
    await differs('touched', () => utimesSync(place.file('b.yaml'), old, old));
    await differs('a file is gone', () => rmSync(place.file('a.yaml')));
    await differs('all are gone', () => rmSync(place.file('b.yaml')));
    const before = await print(place.path);
    writeFileSync(place.file('README'), 'not ours');
    assert.equal(await print(place.path), before);
  });

  it('sees a ConfigMap change, whose files stay the same links', async () => {
    place = folder({});
    for (const [version, text] of [
      ['..1', 'one'],
      ['..2', 'two'],
    ] as const) {
      mkdirSync(place.file(version));
      writeFileSync(join(place.file(version), 'a.yaml'), text);
    }
    symlinkSync('..1', place.file('..data'));
    symlinkSync('..data/a.yaml', place.file('a.yaml'));
    const before = await print(place.path);
    assert.deepEqual(await textsAt(place.path), [['/a.yaml', 'one']]);
    symlinkSync('..2', place.file('..data_tmp'));
    renameSync(place.file('..data_tmp'), place.file('..data'));
    assert.notEqual(await print(place.path), before);
    assert.deepEqual(await textsAt(place.path), [['/a.yaml', 'two']]);
  });
});
