import assert from 'node:assert/strict';
import { formOf, PAGE } from '../../../../src/integrations/trackers/jira/form.ts';
import { trackers } from '../../../../src/integrations/trackers/index.ts';
import { newIssue } from '../../../../src/integrations/trackers/jira/new-issue.ts';

const [cloud, dataCenter] = [formOf({ user: 'ann', key: 'k' }), formOf({ user: undefined, key: 'k' })];

describe('the two Jiras', () => {
  it('log in, and name people, each in its own way', () => {
    assert.deepEqual([cloud.login, dataCenter.login], ['Basic YW5uOms=', 'Bearer k']);
    assert.deepEqual([cloud.assigneeOf('a'), dataCenter.assigneeOf('a')], [{ accountId: 'a' }, { name: 'a' }]);
  });

  it('take no label with a blank in it', () => {
    const env = {
      'tickets.jira.url': 'https://jira.example.com',
      'tickets.jira.key': 'k'.repeat(20),
      'tickets.jira.project': 'CRM',
    };
    const read = (labels: string) => trackers['jira']!.read({ ...env, 'tickets.jira.labels': labels });
    assert.ok(read('monitoring,shop'));
    assert.throws(() => read('monitoring,our shop'), /a label without blanks/);
  });

  it('have texts as they are written, and none of another kind', () => {
    assert.deepEqual(
      [cloud.plainOf('x'), cloud.plainOf(null), dataCenter.plainOf('x'), dataCenter.plainOf({})],
      [...['x', '', 'x', '']],
    );
  });

  it('go on to the next page as far as there is one', () => {
    assert.equal(cloud.nextOf({ nextPageToken: 't' }, null, PAGE), 't');
    for (const answer of [{}, { nextPageToken: '' }, { nextPageToken: 't', isLast: true }])
      assert.equal(cloud.nextOf(answer, null, PAGE), null);
    assert.deepEqual([cloud.pageOf(null), cloud.pageOf('t')], [{}, { nextPageToken: 't' }]);
    assert.equal(dataCenter.nextOf({ total: 120 }, null, 50), '40');
    assert.equal(dataCenter.nextOf({}, '40', 50), '80');
    assert.deepEqual([dataCenter.nextOf({ total: 50 }, null, 50), dataCenter.nextOf({}, null, 49)], [null, null]);
    assert.deepEqual([dataCenter.pageOf(null), dataCenter.pageOf('40')], [{ startAt: 0 }, { startAt: 40 }]);
  });
});

describe('fields of a new issue of Jira', () => {
  const fields = (given: object, team: string | null = null) => {
    const ticket = { project: 'CRM', summary: 's', text: [], labels: [], team } as never;
    const teams = { crm: { assignee: 'bob', component: 'shop', fields: { priority: 'High' } }, bare: {} };
    const made = newIssue(ticket, { fields: given, teams, labels: [], issueType: 'Bug' } as never, dataCenter);
    return (made as { fields: Record<string, unknown> }).fields;
  };

  it('are written as Jira takes them: names as objects, lists of them, and others as they are', () => {
    const made = fields({ priority: 'Low', components: 'shop', fixVersions: ['1', { id: '2' }], customfield_1: 'x' });
    assert.deepEqual(
      [made['priority'], made['components'], made['fixVersions'], made['customfield_1']],
      [{ name: 'Low' }, [{ name: 'shop' }], [{ name: '1' }, { id: '2' }], 'x'],
    );
  });

  it('are those of a team besides', () => {
    const made = fields({ priority: 'Low' }, 'crm');
    assert.deepEqual(
      [made['priority'], made['assignee'], made['components']],
      [{ name: 'High' }, { name: 'bob' }, [{ name: 'shop' }]],
    );
    assert.equal(fields({ priority: 'Low' }, 'bare')['assignee'], undefined);
  });
});
