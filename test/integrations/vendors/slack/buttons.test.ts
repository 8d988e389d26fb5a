import assert from 'node:assert/strict';
import { blocksFault } from '../../../../sandbox/slack/blocks.ts';
import { pressablesIn } from '../../../../sandbox/slack/actions.ts';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import { optionOf } from '../../../../src/integrations/vendors/slack/buttons.ts';
import { fit } from '../../../../src/integrations/vendors/slack/fit.ts';
import { issueAlerts, messageOf, NASTY } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';

const TICKET = {
  key: 'CRM-12',
  url: 'https://jira.example.com/browse/CRM-12',
  status: 'Open',
  assignee: 'Ben',
  isDone: false,
};
const MUTES = ['Mute 1 h', 'Mute 1 d', 'Mute until resolved'];

function bodyOf(message: Message, teams: readonly string[] | null) {
  const { body, leftOut } = fit(message, 'rich', { pictureUrl: () => null, buttons: { teams } });
  const { blocks, text } = body as unknown as { readonly blocks: readonly object[]; readonly text: string };
  return { blocks, text, leftOut, pressables: pressablesIn(blocks) };
}

describe('what people can press in Slack', () => {
  const labels = (message: Message, teams: readonly string[] | null): readonly string[] =>
    bodyOf(message, teams).pressables.map(({ text }) => text);

  it('is to mute, and with tickets to have one made, or to add to one', () => {
    assert.deepEqual(labels(messageOf(), null), MUTES);
    assert.deepEqual(labels(messageOf(), []), ['Create ticket', 'Add to ticket…', ...MUTES]);
    assert.deepEqual(labels(messageOf(), ['crm', 'shop']), [
      'Ticket for crm',
      'Ticket for shop',
      'Add to ticket…',
      ...MUTES,
    ]);
    assert.deepEqual(
      bodyOf(messageOf(), ['crm']).pressables.map(({ actionId }) => actionId),
      ['create_ticket:crm', 'add_to_ticket', 'mute_1h', 'mute_1d', 'mute_resolved'],
    );
  });

  it('is to comment, where there is an open ticket, which is shown', () => {
    const [alert] = messageOf().alerts;
    const message = messageOf({ tickets: { [alert!.id]: [TICKET] } });
    assert.equal(labels(message, ['crm'])[0], 'Comment on CRM-12');
    assert.match(JSON.stringify(bodyOf(message, null).blocks), /CRM-12: Open, Ben/);
    assert.equal(
      labels(messageOf({ tickets: { [alert!.id]: [{ ...TICKET, isDone: true }] } }), [])[0],
      'Create ticket',
    );
  });

  it('is no ticket where the alert is of no issue, and nothing where it is over', () => {
    const ofFilter = alertOf({ subject: { kind: 'filter', id: 'crm-checkout', title: 'crm-checkout' } });
    assert.deepEqual(labels(messageOf({ alerts: [ofFilter] }), []), MUTES);
    assert.deepEqual(labels(messageOf({ alerts: [alertOf({ state: 'resolved' })] }), []), []);
  });

  it('is below each alert that is listed, each by a name of its own, and as much as Slack takes', () => {
    const teams = Array.from({ length: 40 }, (_, n) => `team-${n}-${'x'.repeat(60)}`);
    for (const some of [[], ['crm'], teams])
      for (const count of [1, 10, 500]) {
        const { blocks, pressables, leftOut } = bodyOf(messageOf({ alerts: issueAlerts(count) }), some);
        assert.equal(blocksFault(blocks), undefined, `${some.length} teams, ${count} alerts`);
        const listed = count - leftOut;
        assert.equal(pressables.filter(({ actionId }) => actionId.startsWith('mute_1h')).length, listed);
        assert.ok(listed > 0);
        assert.equal(pressables.length, listed * (4 + Math.max(1, some.length)));
      }
  });

  it('has titles of any kind as Slack takes them, and no markup of theirs', () => {
    for (const title of NASTY) {
      const { blocks } = bodyOf(messageOf({}, { subject: { title } }), ['crm']);
      assert.equal(blocksFault(blocks), undefined, JSON.stringify(title));
    }
  });

  it('is not there without a secret to sign by', () => {
    const { body } = fit(messageOf(), 'rich', { pictureUrl: () => null });
    assert.doesNotMatch(JSON.stringify(body), /actions/);
  });

  it('is chosen from texts of at most 75 letters, none of them empty', () => {
    const text = (said: string): string =>
      (optionOf({ text: said, value: 'CRM-1' }) as { text: { text: string } }).text.text;
    assert.equal(text(`CRM-1 ${'🔥'.repeat(80)}`).length <= 75, true);
    assert.ok(text(`CRM-1 x${'🔥'.repeat(80)}`).isWellFormed());
    assert.equal(text(' \n '), '…');
  });

  it('says in bold what somebody did, also to who reads text alone', () => {
    const [alert] = messageOf().alerts;
    const { text, blocks } = bodyOf(messageOf({ done: { [alert!.id]: 'Created CRM-12 (ann)' } }), []);
    assert.match(text, /Created CRM-12 \(ann\)/);
    assert.match(JSON.stringify(blocks), /"text":"\\nCreated CRM-12 \(ann\)","style":\{"bold":true\}/);
  });
});
