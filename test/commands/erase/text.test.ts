import assert from 'node:assert/strict';
import { erasedText, foundText } from '../../../src/commands/erase/text.ts';

const LEFT = { table: 'events', column: 'environment', rows: 3 };

describe('what erase says', () => {
  it('tells what stays, and what may still be in the file', () => {
    const erased = { rows: [{ table: 'events', rows: 12 }], left: [LEFT], trace: 'another process reads the ledger' };
    assert.equal(
      erasedText(erased),
      [
        'erased, in rows of',
        '       12  events',
        'left: 3 rows of events have it as environment: it stays',
        'something of it may still be in the database: another process reads the ledger',
        '',
      ].join('\n'),
    );
    assert.equal(
      foundText({ rows: [], left: [LEFT], trace: null }),
      'nothing is stored of that user\nleft: 3 rows of events have it as environment: it stays\n',
    );
  });
});
