import assert from 'node:assert/strict';
import { fieldMap, labelList, teamMap } from '../../../../src/integrations/vendors/jira/settings.ts';

const show = (part: string): string => part;
const fields = (value: unknown) => fieldMap(JSON.stringify(value), show);
const teams = (value: unknown) => teamMap(JSON.stringify(value), show);

describe('settings of Jira', () => {
  it('have fields by their ids, with values of any kind', () => {
    const all = { priority: { name: 'High' }, customfield_1: [1, true, null, 'x'] };
    assert.deepEqual(fields(all), all);
    assert.throws(() => fields({ Summary: 'x' }), {
      message: 'Summary is not for fields; a ticket has its own, and labels, issueType and project are keys',
    });
    assert.throws(() => fields({ 'my field': 1 }), {
      message: '"my field" is no id of a field; write one such as priority or customfield_10011',
    });
  });

  it('have teams with an assignee, a component and fields', () => {
    const all = { crm: { assignee: 'ann', component: 'shop' }, 'night shift': { fields: { priority: 'x' } } };
    assert.deepEqual(teams(all), all);
    for (const [given, message] of [
      [{ crm: { lead: 'ann' } }, '"crm" does not fit; a team is { assignee, component, fields }'],
      [{ crm: { assignee: 1 } }, '"crm.assignee" does not fit; a team is { assignee, component, fields }'],
      [{ '/crm': {} }, '"/crm" is no name of a team; write letters, digits, blanks, . _ -'],
      [
        { crm: { fields: { labels: [] } } },
        'crm: labels is not for fields; a ticket has its own, and labels, issueType and project are keys',
      ],
    ] as const)
      assert.throws(() => teams(given), { message });
  });

  it('have labels without blanks', () => {
    assert.deepEqual(labelList('monitoring,night', show), ['monitoring', 'night']);
    assert.throws(() => labelList('two words', show), /a label without blanks/);
  });
});
