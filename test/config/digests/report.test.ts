import assert from 'node:assert/strict';
import { judgeDigests } from '../../../src/config/digests/judge.ts';
import { type FilterSet, loadFilters, withDigests } from '../../../src/config/filters/load.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';

const FILTERS = [{ name: 'crm-web', projects: ['web'] }];
const CHANNELS = { boss: { email: ['lead@example.com', 'cto@example.com'] }, night: { pagerduty: 'PD_KEY' } };
const REPORT = { name: 'weekly', at: 'Mon 09:00 UTC', report: true };

function judged(digest: unknown, admin?: string | null, broken: readonly string[] = []): FilterSet {
  const text = JSON.stringify({ channels: CHANNELS, filters: FILTERS, digests: [digest] }, null, 1);
  const set = loadFilters([{ path: 'a.yaml', text }], [], partKinds);
  const enabled = ['console', ...set.parts.map(({ name }) => name)].filter((name) => !broken.includes(name));
  return withDigests(set, judgeDigests(set, { enabled, broken, pagers: ['night'], trackers: [] }, admin));
}
const faultsOf = ({ faults }: FilterSet): readonly string[] => faults.map(({ where, text }) => `${where}: ${text}`);

describe('the report of files', () => {
  it('is for the admin, each recipient, where it names nobody', () => {
    const { digests, faults, filters } = judged(REPORT, 'boss');
    assert.deepEqual(faults, []);
    assert.deepEqual(digests, [
      {
        name: 'weekly',
        at: { kind: 'cron', cron: '0 9 * * 1', zone: 'UTC' },
        filters: [],
        tell: ['boss/lead@example.com', 'boss/cto@example.com'],
        idle: [],
        chart: null,
        report: true,
        skipEmpty: false,
        where: 'a.yaml:22',
      },
    ]);
    assert.deepEqual([filters.length, filters[0]!.digested], [1, undefined], 'it is of no filter');
    assert.deepEqual(judged({ ...REPORT, tell: 'console' }).digests[0]!.tell, ['console']);
  });

  it('waits for a channel of the admin that cannot be used', () => {
    const { digests, faults } = judged(REPORT, 'boss', ['boss', 'boss/lead@example.com', 'boss/cto@example.com']);
    assert.deepEqual([digests.length, faults], [1, []]);
  });

  it('is a fault where nobody is the admin, or somebody would be woken, with what to do', () => {
    assert.deepEqual(faultsOf(judged(REPORT)), [
      'a.yaml:25: digests: weekly: tell is missing, and ADMIN_CHANNEL is not set; write one of both',
    ]);
    assert.deepEqual(faultsOf(judged(REPORT, null)), [], 'settings that cannot be read may name it');
    assert.deepEqual(faultsOf(judged(REPORT, 'night')), [
      'a.yaml:25: digests: weekly: ADMIN_CHANNEL: "night" wakes people, and a digest is to be read; tell another channel',
    ]);
  });

  it('is of no events, so what says which is refused', () => {
    const odd = { ...REPORT, filters: ['crm-web'], chart: '24h', skipEmpty: true };
    assert.match(
      faultsOf(judged(odd, 'boss')).join(),
      /report: is of the service itself, and filters and chart and skipEmpty of events; leave one of both out/,
    );
    assert.match(faultsOf(judged({ ...REPORT, report: false }, 'boss')).join(), /tell is missing; write/);
    assert.match(faultsOf(judged({ at: REPORT.at, report: true }, 'boss')).join(), /name is missing; write/);
  });
});
