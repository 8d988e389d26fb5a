import assert from 'node:assert/strict';
import { adminWords } from '../../../src/core/watches/admin-words.ts';
import { endOf, whyOf } from '../../../src/core/watches/words.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const STALE = { kind: 'stale', spanMs: 3_600_000 } as const;

describe('words of watches', () => {
  it('say when it is over', () => {
    const end = (condition: Parameters<typeof endOf>[0]['condition'], clear = 1) => endOf({ condition, clear });
    assert.equal(end({ kind: 'above', limit: 5 }), 'an answer of at most 5');
    assert.equal(end({ kind: 'below', limit: 5 }, 3), '3 answers in a row of at least 5');
    assert.deepEqual([end({ kind: 'changes', to: 'down' }), end(STALE)], [null, 'a good answer']);
  });

  it('say that there is an answer again', () => {
    const kept = { good: null, since: AT };
    const look = { at: AT, value: 7, kept } as Parameters<typeof whyOf>[2];
    assert.match(
      whyOf({ condition: STALE }, 'resolved', look),
      /^there is a good answer again at 2026-11-20 10:00 UTC/,
    );
    assert.match(whyOf({ condition: { kind: 'above', limit: 5 } }, 'resolved', look), /no longer above 5$/);
    assert.match(whyOf({ condition: { kind: 'below', limit: 9 } }, 'firing', look), /which is below 9$/);
  });

  it('tell the admin of silence, of its end and of single failures', () => {
    const plan = { name: 'github', kind: 'watch', where: 'f.yaml:1' } as const;
    const seen = { fault: null, goodAt: AT - 3_600_000, now: AT };
    const [stale] = adminWords(plan, 'stale', seen);
    assert.match(stale, /^The watch github \(f\.yaml:1\) has had no good answer for .*, since 2026-11-20 09:00 UTC\./);
    assert.match(adminWords(plan, 'recovered', seen)[0], /has a good answer again, after /);
    const fault = { message: 'answered 500', retryable: true, trace: ['at x'] };
    assert.deepEqual(adminWords(plan, 'failure', { ...seen, fault }), [
      ...['The watch github (f.yaml:1) failed at 2026-11-20 10:00 UTC: answered 500', ['at x']],
    ]);
  });
});
