import assert from 'node:assert/strict';
import { culpritOf } from '../../../../src/core/logs/issues/title.ts';

const raised = (paths: readonly string[], members: readonly unknown[] = []) => ({
  ...{ type: 'E', message: '', by: null, members },
  frames: paths.map((path) => ({ path, function: 'f', line: 1 })),
});
const head = (given: object) => ({ logger: null, function: null, path: null, line: null, tags: {}, ...given });

describe('where an error of a log comes from', () => {
  const culprit = (chains: unknown, of: object | null) => culpritOf(chains as never, of as never);

  it('is the newest call of own code, else of a library', () => {
    assert.match(culprit([[raised(['/srv/app/a.py', '/usr/lib/python3/json.py'])]], null)!, /app\/a\.py/);
    assert.match(culprit([[raised(['/usr/lib/python3/json.py'])]], null)!, /json\.py/);
  });

  it('is in a group that of its first member', () => {
    const group = raised([], [[raised(['/srv/app/b.py'])]]);
    assert.match(culprit([[group]], null)!, /app\/b\.py/);
    assert.equal(culprit([[raised([])]], null), null);
  });

  it('is else the logger, with its function, or nothing', () => {
    assert.equal(culprit([], null), null);
    assert.equal(culprit([], head({})), null);
    assert.equal(culprit([], head({ logger: 'shop.cart' })), 'shop.cart');
    assert.match(culprit([], head({ logger: 'shop.cart', function: 'total' }))!, /^shop\.cart in total$/);
  });
});
