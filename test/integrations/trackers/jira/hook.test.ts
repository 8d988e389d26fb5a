import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { hearTicket } from '../../../../src/core/tickets/reading/hear-ticket.ts';
import { heard } from '../../../../src/integrations/trackers/jira/hook.ts';
import { ISSUE, sha256, TRACEBACK } from '../../../support/tickets/filing.ts';
import { jiraBox } from '../../../support/tickets/jira.ts';
import { linkIssues } from '../../../../src/core/tickets/matching/link.ts';

const SECRET = 'webhook-secret-of-a-test';
const KEY = 'manager/1:abc';

function posted(body: string, secret = SECRET, header = 'x-hub-signature') {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  return { body: Buffer.from(body), headers: { [header]: signature } };
}

describe('a post of Jira’s webhook', () => {
  const body = JSON.stringify({ webhookEvent: 'jira:issue_updated', issue: { id: '10001', key: 'CRM-1' } });

  it('tells of a ticket that was touched or deleted', () => {
    assert.deepEqual(heard(posted(body), SECRET), { id: '10001', isGone: false });
    assert.deepEqual(heard(posted(body.replace('updated', 'deleted')), SECRET), { id: '10001', isGone: true });
    assert.equal(heard(posted('{"webhookEvent":"sprint_started"}'), SECRET), null);
  });

  it('is not understood before it is known to be signed', () => {
    for (const given of [
      posted(body, 'another secret'),
      posted(`${body} `, SECRET, 'x-signature'),
      { body: Buffer.from(`${body} `), headers: posted(body).headers },
      { body: Buffer.from('no JSON'), headers: {} },
      { body: Buffer.from(body), headers: { 'x-hub-signature': ['sha256=', 'x'] } },
    ])
      assert.equal(heard(given, SECRET), 'unsigned');
  });

  it('is refused where it cannot be read, and asks for nothing by a strange id', () => {
    for (const text of ['no JSON', '[]', '{}', '{"webhookEvent":7}'])
      assert.equal(heard(posted(text), SECRET), 'unread');
    const strange = JSON.stringify({ webhookEvent: 'jira:issue_updated', issue: { id: '../../user' } });
    assert.equal(heard(posted(strange), SECRET), null);
  });

  it('has its ticket read, linked, and forgotten when it is deleted', async () => {
    const box = await jiraBox('data-center');
    const deps = {
      ...{ ...box.clock, ...box.built.part, store: box.store, tracker: box.tracker, hash: sha256, uuid: () => 'x' },
      ...{ contentOf: async () => box.content, projects: () => ['CRM'], issuesSince: async () => [] },
    };
    await linkIssues(box.store, [{ issue: ISSUE, text: TRACEBACK }], sha256);
    const make = (project: string, description: string) =>
      box.jira.create({ fields: { project: { key: project }, issuetype: { name: 'Bug' }, summary: 'x', description } });
    const [own, ...others] = [make('CRM', TRACEBACK), make('OPS', TRACEBACK), make('CRM', 'no trace')];
    for (const { id } of [own, ...others]) await hearTicket({ id, isGone: false }, deps, box.scope);
    const linked = async () => ((await box.store.linked([KEY])).get(KEY) ?? []).map(({ key }) => key);
    assert.deepEqual(await linked(), ['CRM-1']);
    assert.equal((await box.store.search('', 9)).length, 1);
    await hearTicket({ id: own.id, isGone: true }, deps, box.scope);
    assert.deepEqual(await linked(), []);
    await box.close();
  });
});
