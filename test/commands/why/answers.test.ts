import assert from 'node:assert/strict';
import type { WithLedger } from '../../../src/app/by-hand/with-ledger.ts';
import { answersFor } from '../../../src/commands/why/answers.ts';

describe('why, of a watch', () => {
  it('says where it is told', async () => {
    const now = () => ({ filters: [], watches: [{ name: 'github' }] });
    const opened = { program: { live: { now } } } as unknown as WithLedger;
    await assert.rejects(answersFor({ subject: 'github', start: null, newest: 0 }, opened), {
      message: 'github is a watch: the page /status has its value, and /messages who was told of it and why',
    });
  });
});
