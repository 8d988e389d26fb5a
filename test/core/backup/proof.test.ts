import assert from 'node:assert/strict';
import { proofIn, proofText } from '../../../src/core/backup/proof.ts';

describe('what proves a copy', () => {
  it('is read as it was written; what is none proves nothing', () => {
    const proof = { bytes: 7, sha256: 'ab', madeBy: '1.2.3', facts: { rows: 3 }, said: '3 rows' };
    assert.deepEqual(proofIn(proofText(proof)), proof);
    const none = ['', '{', 'null', '{"sha256":"ab"}', '{"sha256":"ab","facts":{}}', '{"facts":{},"said":""}'];
    for (const text of none) assert.equal(proofIn(text), null, text);
  });
});
