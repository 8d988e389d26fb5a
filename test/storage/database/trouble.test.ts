import assert from 'node:assert/strict';
import { LedgerTrouble } from '../../../src/core/model/errors.ts';
import { troubleOf } from '../../../src/storage/database/trouble.ts';

describe('what an error of a database means', () => {
  it('is nothing where it is none of its own', () => {
    for (const error of [
      'odd',
      new LedgerTrouble('x'),
      new Error('odd'),
      Object.assign(new Error('x'), { code: '99999' }),
    ])
      assert.equal(troubleOf(error), error);
  });

  it('has the database’s words, or its code where there are none', () => {
    const refused = (message: string) => troubleOf(Object.assign(new Error(message), { code: 'ECONNREFUSED' }));
    for (const [message, end] of [
      ['connect ECONNREFUSED 127.0.0.1:5432', ': connect ECONNREFUSED 127.0.0.1:5432'],
      ['', ': ECONNREFUSED'],
    ] as const) {
      const found = refused(message);
      assert.ok(found instanceof LedgerTrouble);
      assert.ok(found.message.startsWith('the ledger ') && found.message.endsWith(end), found.message);
      assert.equal(found.code, 'ECONNREFUSED');
    }
    const full = troubleOf(Object.assign(new Error('database or disk is full'), { errcode: 13 }));
    assert.ok(full instanceof LedgerTrouble);
    assert.equal(full.code, undefined);
  });
});
