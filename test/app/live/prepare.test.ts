import assert from 'node:assert/strict';
import { sendProof } from '../../../src/app/alerting/send-proof.ts';
import { prepare } from '../../../src/app/live/prepare.ts';
import type { Channel } from '../../../src/core/ports/alerting/channel.ts';
import type { Finding } from '../../../src/core/ports/finding.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { filterOf } from '../../support/build/reports.ts';
import { createLogBook, scopeOf } from '../../support/build/scope.ts';

/** Notes how often it was closed. */
function scopes() {
  const book = { closed: 0 };
  return { book, openScope: () => ({ ...scopeOf(), close: () => void book.closed++ }) };
}

describe('what filters need of a source, before they are read', () => {
  it('is told by the log as bad as it is, and what is well is not', async () => {
    const log = createLogBook();
    const { book, openScope } = scopes();
    const findings: readonly Finding[] = [
      { check: 'token', status: 'ok', say: 'taken' },
      { check: 'project web', status: 'failed', say: 'is not there' },
      { check: 'rate', status: 'warning', say: 'is low' },
    ];
    const source = { prepare: async () => findings } as unknown as Source;
    await prepare([filterOf()], { source, log, openScope });
    assert.deepEqual(
      log.lines.map(({ level, fields, text }) => [level, fields, text]),
      [
        ['error', { check: 'project web', say: 'is not there' }, 'mend this'],
        ['warn', { check: 'rate', say: 'is low' }, 'mend this'],
      ],
    );
    assert.equal(book.closed, 1);
    await prepare([], { source, log, openScope });
    assert.equal(book.closed, 1, 'nothing is asked without filters');
  });
});

describe('a message that says that it is a test', () => {
  const world = { now: () => 0, uuid: () => 'u-1', server: 'host-1' };
  const channel = (given: Partial<Channel>): Channel =>
    ({
      name: 'crm',
      fit: () => ({ body: {}, leftOut: 0 }),
      send: async () => ({ status: 'accepted' }),
      ...given,
    }) as Channel;

  it('goes once its channel is ready, and is uncertain where something broke', async () => {
    const { book, openScope } = scopes();
    const calls: string[] = [];
    const good = channel({
      ready: async () => void calls.push('ready'),
      send: async () => (calls.push('send'), { status: 'accepted' }),
    });
    assert.deepEqual(await sendProof(good, openScope, world), { status: 'accepted' });
    assert.deepEqual(calls, ['ready', 'send']);
    const broken = channel({ send: async () => Promise.reject(new Error('odd')) });
    assert.deepEqual(await sendProof(broken, openScope, world), { status: 'uncertain', why: 'internal error: odd' });
    assert.equal(book.closed, 2);
  });
});
