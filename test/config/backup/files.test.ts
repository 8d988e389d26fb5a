import assert from 'node:assert/strict';
import { assemble } from '../../../src/app/assemble.ts';
import type { StartError } from '../../../src/app/start-error.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { worldOf } from '../../app/fake-world.ts';

const load = (...texts: readonly string[]) =>
  loadFilters(texts.map((text, index) => ({ path: `${index}.yaml`, text: `${text}\n` })));
const faults = (...texts: readonly string[]) => load(...texts).faults.map(({ where, text }) => `${where}: ${text}`);

describe('backup in a file', () => {
  it('says when, where to and for how long', () => {
    const { backup, faults: none } = load('backup: { at: Sat 15:00 UTC, to: /var/backups/sm, keep: 60d }');
    assert.deepEqual(none, []);
    const at = { kind: 'cron', cron: '0 15 * * 6', zone: 'UTC' };
    assert.deepEqual(backup, { at, to: '/var/backups/sm', keepDays: 60, where: '0.yaml:1' });
    const all = load('filters: [{ name: a, projects: [a] }]', 'backup:\n  at: every 1h\n  to: s3://acme-backups/sm');
    assert.deepEqual(all.backup, {
      at: { kind: 'every', everyMs: 3_600_000 },
      to: 's3://acme-backups/sm',
      keepDays: null,
      where: '1.yaml:1',
    });
    assert.equal(load('filters: [{ name: a, projects: [a] }]').backup, undefined);
  });

  const EXAMPLE = 'write { at: Sat 15:00 UTC, to: /var/backups/sentry-monitor, keep: 60d }';
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['backup: { keep: 60d }', new RegExp(`^0.yaml:1: backup: at and to are missing; ${EXAMPLE.replaceAll('/', '.')}$`)],
    ['backup: { at: Sat 15:00 UTC }', /^0.yaml:1: backup: to is missing/],
    ['backup: /var/backups', /^0.yaml:1: backup: must be a map/],
    ['backup: { at: Sat, to: /b }', /^0.yaml:1: backup: at: "Sat"/],
    ['backup: { at: Sat 15:00 UTC, to: backups }', /to: .*the whole path of a folder such as/],
    ['backup: { at: Sat 15:00 UTC, to: "s3://" }', /to: .*s3:\/\/bucket\/prefix/],
    ['backup: { at: Sat 15:00 UTC, to: / }', /to: /],
    ['backup: { at: Sat 15:00 UTC, to: /b, keep: 0d }', /keep: .*60d/],
    ['backup: { at: Sat 15:00 UTC, to: /b, every: 1d }', /every.* is not a key of backup/],
  ];
  for (const [text, said] of wrong)
    it(`is at fault: ${text}`, () => {
      const all = faults(text);
      assert.equal(all.length, 1, all.join('\n'));
      assert.match(all[0]!, said);
      assert.equal(load(text).backup, undefined);
    });

  it('keeps copies where files may name folders, and on disks', () => {
    const start = (to: string, more: Readonly<Record<string, string>> = {}) => {
      const text = `filters: [{ name: a, projects: [a] }]\nbackup: { at: Sat 15:00 UTC, to: '${to}' }\n`;
      const env = { LEDGER_URL: 'sqlite:ledger.db', STRICT_FILTERS: 'true', ...more };
      try {
        return assemble(worldOf(env, { 'config/filters.yaml': text }).world).filters.backup?.to;
      } catch (error) {
        return (error as StartError).faults.join();
      }
    };
    const roots = { FILE_ROOTS: '/var/backups, /srv/acme' };
    assert.equal(start('/var/backups/sm'), '/var/backups/sm');
    assert.equal(start('/srv/acme/sm', roots), '/srv/acme/sm');
    assert.equal(start('s3://acme-backups/sm', roots), 's3://acme-backups/sm');
    assert.equal(
      start('/srv/acme/../other', roots),
      'config/filters.yaml:2: backup: to: "/srv/acme/../other" is outside of FILE_ROOTS; add its folder there, or name another',
    );
    assert.match(start('/dev/shm/sm')!, /:2: backup: to: "\/dev\/shm\/sm" is on no disk; name a folder that stays/);
  });

  it('stands in one file of all', () => {
    const one = 'backup: { at: Sat 15:00 UTC, to: /b }';
    const { faults: found, backup } = load(one, `filters: [{ name: a, projects: [a] }]\n${one}`);
    assert.deepEqual(
      found.map(({ where, text }) => `${where}: ${text}`),
      ['1.yaml:2: backup: 0.yaml:1 has it; keep one of both'],
    );
    assert.equal(backup?.where, '0.yaml:1');
  });
});
