import assert from 'node:assert/strict';
import { readTickets, type ReadingDeps } from '../../../../src/core/tickets/reading/read-tickets.ts';
import { ISSUE, sha256, TRACEBACK } from '../../../support/tickets/filing.ts';
import { type JiraBox, jiraBox } from '../../../support/tickets/jira.ts';

const MINUTE = 60_000;
const KEY = 'manager/1:abc';

for (const kind of ['cloud', 'data-center'] as const)
  describe(`what others did in Jira (${kind})`, () => {
    let box: JiraBox;
    let deps: ReadingDeps;
    beforeEach(async () => {
      box = await jiraBox(kind);
      deps = {
        ...{ ...box.clock, ...box.built.part, store: box.store, tracker: box.tracker, hash: sha256, uuid: () => 'x' },
        ...{ contentOf: async () => box.content, projects: () => ['CRM'] },
        issuesSince: async () => [{ issue: ISSUE, text: TRACEBACK }],
      };
    });
    afterEach(() => box.close());
    const read = () => readTickets(deps, box.scope);
    const searches = () => box.jira.asked.filter((it) => it.includes('search')).length;
    const body = (text: string) =>
      kind === 'data-center'
        ? `{noformat}\n${text}\n{noformat}`
        : { version: 1, type: 'doc', content: [{ type: 'codeBlock', attrs: {}, content: [{ type: 'text', text }] }] };
    const byHand = (summary: string, text = TRACEBACK) =>
      box.jira.create({
        fields: { project: { key: 'CRM' }, issuetype: { name: 'Bug' }, summary, description: body(text) },
      });
    const linked = async () =>
      ((await box.store.linked([KEY])).get(KEY) ?? []).map(({ key, link, status }) => `${key} ${link} ${status}`);

    it('is known after a pass, and what is filed then goes to the ticket that was made by hand', async () => {
      byHand('The shop is broken');
      byHand('Nothing of ours', 'no trace');
      await read();
      assert.deepEqual(await linked(), ['CRM-1 exact Zu erledigen']);
      const outcome = await box.file();
      assert.deepEqual(['ticket' in outcome && outcome.ticket.key, box.jira.issues.length], ['CRM-1', 2]);
    });

    it('is read page by page, and then only what was touched since, with what search had not seen', async () => {
      for (let index = 0; index < 120; index++) byHand(`ticket ${index}`);
      await read();
      assert.equal((await linked()).length, 120);
      assert.ok(searches() >= 3, String(searches()));
      box.clock.advance(60 * MINUTE);
      await read();
      box.jira.options.lagMs = 10 * MINUTE;
      byHand('one more');
      const before = searches();
      for (let pass = 0; pass < 3; pass++) {
        await read();
        box.clock.advance(5 * MINUTE);
      }
      assert.equal((await linked()).length, 121);
      assert.equal(searches() - before, 3);
    });

    it('takes a link away when its text says something else', async () => {
      const { key } = byHand('The shop is broken');
      await read();
      box.clock.advance(MINUTE);
      box.jira.find(key).description = body('never mind');
      box.jira.touch(box.jira.find(key));
      box.jira.comment(key, body('Traceback of nothing'));
      await read();
      assert.deepEqual(await linked(), []);
    });

    it('is not read by two servers at once, and Jira being away is logged', async () => {
      await Promise.all([read(), read()]);
      assert.equal(searches(), 1);
      box.jira.faults.push({ method: 'POST', path: 'search', kind: 503 });
      await read();
      assert.ok(box.scope.log.texts().includes('tickets are not read'));
    });

    it('shows what became of a ticket that nobody saw the end of', async () => {
      box.jira.faults.push({ method: 'POST', path: '/issue', kind: 'cut' });
      assert.equal((await box.file()).status, 'uncertain');
      await read();
      assert.deepEqual(await box.store.unsettled(9), []);
      assert.equal((await box.file()).status, 'exists');
      assert.equal(box.jira.issues.length, 1);
    });
  });
