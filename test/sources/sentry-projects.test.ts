import assert from 'node:assert/strict';
import { UpstreamError } from '../../src/core/errors.ts';
import type { Client } from '../../src/sources/sentry/client.ts';
import { createProjects } from '../../src/sources/sentry/projects.ts';
import { scopeOf } from '../support/scope.ts';

const MINUTE = 60_000;

/** A client whose list of projects is there, or not. */
function listing(): { client: Client; down: boolean; asked: number } {
  const it = {
    down: false, asked: 0,
    client: {
      name: 'sentry', org: 'acme', url: (...parts: readonly string[]) => parts.join('/'),
      get: async () => {
        it.asked++;
        if (it.down) throw new UpstreamError('sentry: answered 503', { service: 'sentry', status: 503, retryable: true });
        return { body: [{ id: '11', slug: 'web' }, { id: '12', slug: 'api' }], next: null };
      },
    } satisfies Client,
  };
  return it;
}

describe('the projects, as they are remembered', () => {
  it('that are forbidden are left out for five minutes, also while a misspelt slug has the list read again', async () => {
    let now = 0;
    const projects = createProjects(listing().client, () => now);
    const reasons = async (): Promise<unknown> => (await projects.resolve(['web', 'wbe'], scopeOf())).gaps.map(({ reason }) => reason);
    await projects.resolve(['web'], scopeOf());
    projects.forbid('11');
    now = 4 * MINUTE;
    assert.deepEqual(await reasons(), ['project_forbidden', 'project_not_found']);
    now = 5 * MINUTE;
    assert.deepEqual(await reasons(), ['project_not_found']);
  });

  it('serve from the older list, with a warning, when it cannot be read again, and are read when it can', async () => {
    let now = 0;
    const list = listing();
    const projects = createProjects(list.client, () => now);
    await projects.resolve(['web'], scopeOf());
    list.down = true;
    now = 61 * MINUTE;
    const scope = scopeOf();
    assert.deepEqual((await projects.resolve(['web'], scope)).projects, [{ slug: 'web', id: '11' }]);
    assert.deepEqual(scope.log.lines.map(({ level, fields }) => [level, fields['error']]), [['warn', 'sentry: answered 503']]);
    list.down = false;
    await projects.resolve(['web'], scopeOf());
    assert.equal(list.asked, 3);
  });

  it('cannot be told without any list', async () => {
    const list = listing();
    list.down = true;
    await assert.rejects(createProjects(list.client, () => 0).resolve(['web'], scopeOf()), /answered 503/);
  });
});
