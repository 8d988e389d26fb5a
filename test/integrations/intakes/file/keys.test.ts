import assert from 'node:assert/strict';
import { partKinds } from '../../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../../src/config/filters/load.ts';

describe('keys of an intake of log files', () => {
  const said = (keys: string): readonly string[] => {
    const text = `intakes:\n  shop: { ${keys} }\nfilters: [{ name: f, projects: [shop] }]\n`;
    return loadFilters([{ path: 'f.yaml', text }], [], partKinds).faults.map((it) => it.text);
  };

  it('name one file on a disk, or a pattern of some', () => {
    assert.deepEqual(said('file: /var/log/acme/error.log, format: django'), []);
    assert.deepEqual(said("file: '/var/log/acme/*.log', format: django"), []);
    for (const path of ['/proc/self/environ', '/sys/kernel/x', '/dev/stdin'])
      assert.deepEqual(said(`file: ${path}, format: django`), [
        `file: "${path}" is no file on a disk; write one that is`,
      ]);
    assert.deepEqual(said('file: [/var/log/a.log, /var/log/b.log], format: django'), [
      'file: "/var/log/a.log,/var/log/b.log" is more than one path; write an intake for each, or a pattern such as ' +
        '/var/log/*.log',
    ]);
    assert.deepEqual(said('file: error.log, format: django'), [
      'file: "error.log" is no whole path of a file; write one such as /var/log/acme/error.log',
    ]);
  });

  it('say what may be written for one that is missing, and for a zone that is misspelt', () => {
    assert.deepEqual(said('file: /var/log/acme/error.log'), [
      'shop: format is missing; write django, python, gunicorn, celery, json, pattern',
    ]);
    assert.deepEqual(said('file: /var/log/acme/error.log, format: django, timeZone: Europe/Berln'), [
      'timeZone: "Europe/Berln" is no time zone; did you mean Europe/Berlin?',
    ]);
  });
});
