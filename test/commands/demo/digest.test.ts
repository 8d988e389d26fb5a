import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { digestFile, digestSeed, digestShown } from '../../../src/commands/demo/digest.ts';
import { logSeed } from '../../../src/commands/demo/logs.ts';
import { sow } from '../../../src/commands/demo/seed.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { scheduleText } from '../../../src/core/model/alerting/digest-plan.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { worldOf } from '../../app/fake-world.ts';

const END = Date.parse('2026-11-30T14:05:00Z');

describe('the digest of the demo', () => {
  it('stands in the files as the ledger knows it, and is due at the end of the window', () => {
    const filters = '[{ name: shop, projects: [web] }, { name: checkout, projects: [web] }]';
    const channels = "{ team: { slack: '#shop', key: DEMO }, lead: { email: [lead@example.com] } }";
    const text = `filters: ${filters}\nchannels: ${channels}\n${digestFile(END)}`;
    const { digests, faults } = loadFilters([{ path: 'f.yaml', text }], [], partKinds);
    assert.deepEqual(faults, []);
    const { rows } = digestSeed(END + 180_000, END);
    assert.deepEqual(
      rows.map(({ digest, channel, schedule, toldTo }) => [digest, channel, schedule, new Date(toldTo).toISOString()]),
      ['team', 'lead'].map((channel) => ['half-day', channel, '5 2,14 * * * UTC', '2026-11-30T02:05:00.000Z']),
    );
    assert.deepEqual([digests[0]!.name, scheduleText(digests[0]!.at)], ['half-day', rows[0]!.schedule]);
  });

  it('is known to the ledger, as that of a log is with what it has told', async () => {
    const own = folder({});
    try {
      const env = { LEDGER_URL: `sqlite:${own.file('ledger.db')}` };
      const { world } = worldOf(env);
      for (const seed of [digestSeed(END, END), logSeed(END)]) await sow(seed, world.env as typeof env, world);
      const rows = new DatabaseSync(own.file('ledger.db'))
        .prepare('select digest, channel, told_to, place from sentry_monitor_digests order by digest, channel')
        .all();
      const TOLD = Date.parse('2026-11-30T02:05:00Z');
      assert.deepEqual(
        rows.map(({ digest, channel, told_to: to, place }) => [digest, channel, to, place === null]),
        [
          ['django-log', 'ops', END - 600_000, false],
          ['half-day', 'lead', TOLD, true],
          ['half-day', 'team', TOLD, true],
        ],
      );
    } finally {
      own.remove();
    }
  });

  it('is shown as it was read, and its picture stays in a file', async () => {
    const slack = { messages: [{ text: 'other' }] as object[] };
    const mail = { messages: [] as object[] };
    let asked = 0;
    const due = async (): Promise<void> => {
      if (++asked < 2) return;
      slack.messages.push({ text: 'half-day: 3 events\n\nChart\n' });
      const picture = { src: `data:image/png;base64,${Buffer.from('PNG').toString('base64')}`, alt: '3 events' };
      mail.messages.push({ text: 'half-day: 3 events', picture });
    };
    const shown = await digestShown({ world: { received: { slack, mail } } } as never, due);
    const path = /stays in (\S+half-day\.png)\n/.exec(shown)![1]!;
    assert.match(shown, /Slack:\n\n {3}\| half-day: 3 events\n\n {3}\| Chart\n\n {3}with a picture: 3 events\n/);
    assert.equal(readFileSync(path, 'utf8'), 'PNG');
    rmSync(dirname(path), { recursive: true });
  });
});
