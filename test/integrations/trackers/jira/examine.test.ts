import assert from 'node:assert/strict';
import type { Finding } from '../../../../src/core/ports/finding.ts';
import { jiraBox } from '../../../support/tickets/jira.ts';

const SEVERITY = { id: 'customfield_7', name: 'Severity', required: true, values: ['S1', 'S2'] };

for (const kind of ['cloud', 'data-center'] as const)
  describe(`what check says of Jira (${kind})`, () => {
    async function findings(options: Parameters<typeof jiraBox>[1], break_?: number): Promise<readonly string[]> {
      const box = await jiraBox(kind, options);
      if (break_ !== undefined) box.jira.faults.push({ method: 'GET', path: 'createmeta', kind: break_ });
      const found: Finding[] = [];
      const disk = { statSync: () => ({ isDirectory: () => false }), accessSync: () => undefined };
      for await (const it of box.built.examine!({ filters: [], disk, scope: box.scope, thorough: true }))
        found.push(it);
      await box.close();
      return found.map(({ check, status, say }) => `${check} ${status}: ${say}`);
    }

    it('names fields that are required, with their values', async () =>
      assert.deepEqual(await findings({ fields: [SEVERITY, { id: 'customfield_8', name: 'Place', required: true }] }), [
        'tickets.jira project ok: CRM takes tickets of the type Bug',
        'tickets.jira fields failed: customfield_7 (Severity) is required and is not given; it takes S1, S2',
        'tickets.jira fields failed: customfield_8 (Place) is required and is not given; write a value for it under fields',
      ]));

    it('is content with what is given or has a default, and names what is on no screen', async () => {
      const fields = [SEVERITY, { id: 'customfield_9', name: 'Kind', required: true, hasDefault: true }];
      const given = '{"customfield_7":{"value":"S1"}}';
      assert.deepEqual((await findings({ fields, more: { 'tickets.jira.fields': given } })).slice(1), [
        'tickets.jira fields ok: all 1 that are required are given',
      ]);
      assert.deepEqual((await findings({ more: { 'tickets.jira.fields': given } })).slice(1), [
        'tickets.jira fields failed: customfield_7 is not on the screen on which tickets are made; remove it, or add it there',
      ]);
    });

    it('names the types that there are, and a key that is refused', async () => {
      assert.deepEqual(await findings({ more: { 'tickets.jira.issueType': 'Incident' } }), [
        'tickets.jira issueType failed: CRM has no type "Incident"; it has Bug, Task',
      ]);
      assert.match((await findings({}, 401)).join(), /^tickets\.jira key failed: answered 401/);
    });
  });
