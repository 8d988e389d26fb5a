import assert from 'node:assert/strict';
import { partKinds } from '../../../../src/app/part-kinds.ts';
import { quietDigests } from '../../../../src/app/alerting/vet/quiet-digests.ts';
import { loadFilters } from '../../../../src/config/filters/load.ts';

const NOW = Date.UTC(2026, 10, 20, 12);

/** What is said of a digest at this time for a channel with these quiet hours, without its place. */
async function said(at: string, quiet: string | undefined): Promise<readonly string[]> {
  const file = {
    channels: { boss: { email: ['lead@example.com', 'cto@example.com'], ...(quiet === undefined ? {} : { quiet }) } },
    filters: [{ name: 'crm-web', projects: ['web'] }],
    digests: [{ name: 'one', at, tell: ['boss', 'console'] }],
  };
  const set = loadFilters([{ path: 'a.yaml', text: JSON.stringify(file, null, 1) }], [], partKinds);
  assert.deepEqual(set.faults, []);
  const warnings = await quietDigests(set, NOW);
  for (const { where } of warnings) assert.match(where, /^a\.yaml:\d+$/);
  return warnings.map(({ text }) => text);
}

const late = (times: string, end: string): readonly string[] => [
  `digests: one: ${times} in the quiet hours of boss, and it comes at their end, ${end}; change one of both`,
];

describe('check, of digests in quiet hours', () => {
  const night = '22-07 Europe/Berlin';
  for (const [at, quiet, want] of [
    ['Mon-Fri 06:00 Europe/Berlin', night, late('its time lies', '07:00 Europe/Berlin')],
    ['Mon-Fri 07:00 Europe/Berlin', night, []],
    ['Mon-Fri 06:00 Europe/Berlin', undefined, []],
    ['0 6,18 * * * Europe/Berlin', night, late('some of its times lie', '07:00 Europe/Berlin')],
    // Nine in Berlin is three in New York; half past one is half past seven there, but for some weeks of March.
    ['Mon-Sun 09:00 Europe/Berlin', '22-07 America/New_York', late('its time lies', '07:00 America/New_York')],
    ['Mon-Sun 13:30 Europe/Berlin', '22-08 America/New_York', late('some of its times lie', '08:00 America/New_York')],
    ['every 1d', '22-07 UTC', late('its time lies', '07:00 UTC')],
    ['every 15m', night, []],
    ['*/5 * * * * Europe/Berlin', night, []],
  ] as const)
    it(`${at}, quiet ${quiet ?? 'never'}: ${want.length === 0 ? 'nothing' : want[0]!.slice(14, 35)}`, async () =>
      assert.deepEqual(await said(at, quiet), want));
});
