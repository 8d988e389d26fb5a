import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { fillHandCounted, WINDOW } from '../hand-counted.ts';
import { box, NOW } from '../support.ts';

describe('sandbox: truth', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    fillHandCounted(sandbox);
  });
  afterEach(() => sandbox.close());

  it('is what was counted by hand', () => {
    const truth = sandbox.world.truth({
      ...WINDOW,
      projects: ['web', 'api', 'idle'],
      terms: ['timeout'],
      exclude: ['Health Check'],
      tags: ['os'],
    });
    assert.deepEqual(truth, {
      totals: [
        { project: 'web', events: 3, users: 2, issues: 2 },
        { project: 'api', events: 4, users: 1, issues: 1 },
        { project: 'idle', events: 0, users: 0, issues: 0 },
      ],
      total: { events: 7, users: 3, issues: 3 },
      issues: [
        { id: '3', project: 'api', events: 3, users: 0 },
        { id: '1', project: 'web', events: 2, users: 2 },
        { id: '2', project: 'web', events: 1, users: 1 },
      ],
      splits: [
        { issueId: '3', tags: { os: '' }, events: 3 },
        { issueId: '1', tags: { os: 'Linux' }, events: 1 },
        { issueId: '1', tags: { os: '' }, events: 1 },
        { issueId: '2', tags: { os: 'Linux' }, events: 1 },
      ],
      unattributed: 1,
    });
  });

  it('grows when a late event arrives', () => {
    const events = (): number => sandbox.world.truth({ ...WINDOW, projects: ['web'] }).total.events;
    assert.equal(events(), 4);
    sandbox.world.clock.set(NOW + 1);
    assert.equal(events(), 5);
  });

  it('narrows by environment, level and a predicate', () => {
    const count = (rest: object): number => sandbox.world.truth({ ...WINDOW, ...rest }).total.events;
    assert.equal(count({}), 9);
    assert.equal(count({ environments: ['staging'] }), 1);
    assert.equal(count({ levels: ['fatal'] }), 1);
    assert.equal(count({ levels: ['error', 'fatal'], environments: ['production'] }), 7);
    assert.equal(count({ where: (event: { issueId: string | null }) => event.issueId === '3' }), 4);
  });

  it('leaves deleted and forbidden projects out, and follows merges', () => {
    sandbox.world.forbidProject('api');
    assert.equal(sandbox.world.truth(WINDOW).total.events, 4);
    sandbox.world.mergeIssue('2', '1');
    assert.deepEqual(
      sandbox.world.truth(WINDOW).issues.map((one) => [one.id, one.events]),
      [
        ['1', 3],
        ['4', 1],
      ],
    );
  });
});
