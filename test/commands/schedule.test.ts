import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import type { World } from '../../src/app/world.ts';
import { schedule } from '../../src/commands/schedule.ts';
import { folder } from '../support/process/temp-folder.ts';

const FILE = `channels: { boss: { email: [lead@example.com] } }
filters: [{ name: crm-web, projects: [web] }]
digests:
  - { name: night, at: Mon-Sun 02:30 Europe/Berlin, tell: boss }
  - { name: weekly, at: Mon 09:00 Europe/Berlin, tell: boss }
  - { name: often, at: every 12h, tell: boss }
`;

describe('schedule', () => {
  let files: ReturnType<typeof folder>;
  afterEach(() => files.remove());

  async function said(args: readonly string[], now: string, text = FILE) {
    files = folder({ 'f.yaml': text });
    const [out, err]: [string[], string[]] = [[], []];
    const world = {
      env: { FILTERS: files.file('f.yaml') },
      disk: fs,
      now: () => Date.parse(now),
      out: { write: (line: string) => out.push(line) },
      err: { write: (line: string) => err.push(line) },
    } as unknown as World;
    const code = await schedule.run(args, world);
    return { code, out: out.join(''), err: err.join('') };
  }

  it('says when digests are due, by the clock of each: once where the clock leaps, or shows the time twice', async () => {
    const spring = await said(['--days', '2'], '2027-03-27T12:00:00Z');
    assert.deepEqual([spring.code, spring.err], [0, '']);
    assert.deepEqual(spring.out.split('\n'), [
      '2027-03-28T00:00Z  Sun 2027-03-28 00:00 UTC  digest often',
      '2027-03-28T01:00Z  Sun 2027-03-28 03:00 Europe/Berlin  digest night',
      '2027-03-28T12:00Z  Sun 2027-03-28 12:00 UTC  digest often',
      '2027-03-29T00:00Z  Mon 2027-03-29 00:00 UTC  digest often',
      '2027-03-29T00:30Z  Mon 2027-03-29 02:30 Europe/Berlin  digest night',
      '2027-03-29T07:00Z  Mon 2027-03-29 09:00 Europe/Berlin  digest weekly',
      '2027-03-29T12:00Z  Mon 2027-03-29 12:00 UTC  digest often',
      '',
    ]);
    const autumn = await said(['--days', '1', '--json'], '2026-10-24T22:00:00Z');
    assert.deepEqual(JSON.parse(autumn.out), [
      { kind: 'digest', name: 'often', at: '2026-10-25T00:00:00.000Z' },
      { kind: 'digest', name: 'night', at: '2026-10-25T00:30:00.000Z' },
      { kind: 'digest', name: 'often', at: '2026-10-25T12:00:00.000Z' },
    ]);
  });

  it('of 400 days has each local day once', async () => {
    const { out } = await said(['--days', '400', '--json'], '2026-11-20T10:00:00Z');
    const count = (name: string): number =>
      (JSON.parse(out) as readonly { name: string }[]).filter((it) => it.name === name).length;
    assert.deepEqual(['night', 'weekly', 'often'].map(count), [400, 57, 800]);
  });

  it('lists of what is due more than hourly the first three, and how many more; as JSON all', async () => {
    const text = FILE.replace('every 12h', 'every 15m');
    const { out } = await said(['--days', '1'], '2026-11-20T10:00:00Z', text);
    assert.deepEqual(out.split('\n'), [
      '2026-11-20T10:15Z  Fri 2026-11-20 10:15 UTC  digest often',
      '2026-11-20T10:30Z  Fri 2026-11-20 10:30 UTC  digest often',
      '2026-11-20T10:45Z  Fri 2026-11-20 10:45 UTC  digest often',
      '2026-11-21T01:30Z  Sat 2026-11-21 02:30 Europe/Berlin  digest night',
      'digest often: 93 times more, the last at 2026-11-21T10:00Z',
      '',
    ]);
    files.remove();
    const hourly = await said(['--days', '1'], '2026-11-20T10:00:00Z', FILE.replace('every 12h', 'every 1h'));
    assert.equal(hourly.out.split('\n').length, 24 + 1 + 1);
    files.remove();
    const json = await said(['--days', '1', '--json'], '2026-11-20T10:00:00Z', text);
    assert.equal((JSON.parse(json.out) as unknown[]).length, 96 + 1);
  });

  it('says that nothing is due, what is wrong, and what is no number of days', async () => {
    const none = await said([], '2026-11-20T10:00:00Z', 'filters: [{ name: crm-web, projects: [web] }]\n');
    assert.deepEqual([none.code, none.out], [0, 'nothing is due within 7 days\n']);
    const wrong = await said([], '2026-11-20T10:00:00Z', FILE.replace('every 12h', 'every 7h'));
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /^fault {4}.*f\.yaml:6: digests\[2\]: at: "every 7h", column 7: /);
    await assert.rejects(
      said(['--days', '0'], '2026-11-20T10:00:00Z'),
      /--days 0 is no number of days; write 1 to 3660/,
    );
  });
});
