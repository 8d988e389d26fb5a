import assert from 'node:assert/strict';
import { LedgerRefused, LedgerTrouble } from '../../../../src/core/model/errors.ts';
import { ProbeFailed } from '../../../../src/storage/database/probe.ts';
import { troubleWords } from '../../../../src/storage/ledger/examine/trouble-words.ts';

describe('what a ledger that cannot be used says', () => {
  const said = (cause: unknown, url = 'postgres://ann:s3cret@db.example.com/acme', step: 'enter' | 'use' = 'use') =>
    troubleWords(new ProbeFailed(step, cause), url);
  const coded = (code: string) => Object.assign(new Error('no'), { code });

  it('is by its code what to do, with the names of the URL and never its password', () => {
    assert.match(said(coded('ECONNREFUSED')), /^cannot connect \(ECONNREFUSED\)/);
    assert.match(said(coded('28P01')), /^the user ann or its password is wrong/);
    assert.match(said(coded('3D000')), /^there is no database acme;/);
    assert.match(said(coded('42501'), undefined, 'enter'), /^the user ann may not enter the database acme;/);
    assert.match(said(coded('42501')), /but the user ann may not read and write them/);
  });

  it('takes names that are escaped, those that are badly so, and none at all', () => {
    assert.match(said(coded('3D000'), 'postgres://a%40b@h/x%20y'), /there is no database x y;/);
    assert.match(said(coded('28P01'), 'postgres://a%zz@h/x'), /^the user a%zz or/);
    assert.match(said(coded('28P01'), 'postgres://h/x'), /^the user \(none in the URL\) or/);
    assert.match(said(coded('3D000'), 'postgres://ann@h'), /there is no database ann;/);
  });

  it('is else what the ledger itself says, or the error', () => {
    assert.equal(said(new LedgerRefused('its tables are newer')), 'its tables are newer');
    assert.equal(said(new LedgerTrouble('away')), 'away');
    assert.equal(said(new LedgerTrouble('away', 'call somebody')), 'away; call somebody');
    assert.equal(said(new Error('odd')), 'cannot be used: odd');
    assert.equal(said('odd'), 'cannot be used: odd');
  });
});
