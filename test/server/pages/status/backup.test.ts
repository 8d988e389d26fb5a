import assert from 'node:assert/strict';
import type { KeptJob } from '../../../../src/core/ports/alerting/job-store.ts';
import type { BackupSource } from '../../../../src/server/pages/status/sources.ts';
import { statusBlocks } from '../../../../src/server/pages/status/blocks.ts';
import { createClock, NOW } from '../../../support/time/clock.ts';

const HOUR = 3_600_000;
const PLAN = { at: { kind: 'every', everyMs: 24 * HOUR }, to: '/b', keepDays: 60, where: 'f.yaml:3' } as const;
const JOB: KeptJob = {
  ...{ kind: 'backup', name: 'ledger', server: 'mon-1', failed: null },
  good: { at: NOW - HOUR, detail: 'schema 22, 7 rows' },
};

async function textOf(backup: Partial<BackupSource>): Promise<string> {
  const none: BackupSource = { plan: () => PLAN, jobs: async () => [JOB], restored: async () => null, ...backup };
  const sources = { backup: none, schedules: async () => [], jobs: () => [] };
  const { text } = await statusBlocks(
    sources,
    { now: NOW, hasActions: false },
    createClock(() => true),
  );
  return text.replace(/\s+/g, ' ');
}

describe('backups on the page of the status', () => {
  it('say where copies are, what was compared last, and that of other kinds of work nothing', async () => {
    const other = { ...JOB, kind: 'digest', name: 'morning' } satisfies KeptJob;
    const text = await textOf({ jobs: async () => [JOB, other] });
    assert.match(text, /to <bdi>\/b<\/bdi>, kept for 60 days, <bdi>f\.yaml:3<\/bdi>/);
    assert.match(text, /data-backup="ledger">.*of <bdi>mon-1<\/bdi>.*schema 22, 7 rows/);
    assert.ok(!text.includes('morning') && !text.includes('class="errors"'));
  });

  it('are red when the last one failed, and say why', async () => {
    const failed = { at: NOW, detail: 'the copy is damaged' };
    const text = await textOf({
      jobs: async () => [
        { ...JOB, failed },
        { ...JOB, name: 'config', good: null, failed },
      ],
    });
    assert.equal(text.match(/<td class="errors"><bdi>the copy is damaged/g)?.length, 2);
    const mended = await textOf({ jobs: async () => [{ ...JOB, failed: { ...failed, at: NOW - 2 * HOUR } }] });
    assert.ok(!mended.includes('class="errors"'));
  });

  it('are none yet, or are nowhere set up', async () => {
    const plan = { ...PLAN, keepDays: null };
    assert.match(await textOf({ jobs: async () => [], plan: () => plan }), /all are kept.*No copy was made yet\./);
    assert.equal((await textOf({ plan: () => undefined })).trim(), '');
  });

  it('tell of a restore, and how many messages are held', async () => {
    const restored = (messages: number) => async () => ({ at: NOW, copy: 'm<1>', held: { messages, tellings: 0 } });
    const text = await textOf({ plan: () => undefined, restored: restored(1) });
    assert.match(
      text,
      /restored .* from <bdi>m&lt;1&gt;<\/bdi>\. 1 message and 0 pieces of news are held: <code>sentry-/,
    );
    assert.match(await textOf({ restored: restored(0) }), /Nothing of it is held\./);
  });

  for (const [plan, expected] of [
    [PLAN, /^<.*Backups are not known\. /],
    [undefined, /^ ?$/],
  ] as const)
    it(`that cannot be read are ${plan === undefined ? 'nothing to who makes none' : 'said to who makes copies'}`, async () => {
      const gone = async (): Promise<never> => {
        throw new Error('gone');
      };
      assert.match(await textOf({ plan: () => plan, jobs: gone, restored: gone }), expected);
    });
});
