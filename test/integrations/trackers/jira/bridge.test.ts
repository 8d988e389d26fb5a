import assert from 'node:assert/strict';
import { saidIn } from '../../../../sandbox/jira/document-rules.ts';
import { NOW } from '../../../support/time/clock.ts';
import { contentIn, TRACEBACK } from '../../../support/tickets/filing.ts';
import { type JiraBox, jiraBox } from '../../../support/tickets/jira.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const hit = (at: number) => ({ at, user: 'ann', url: null });

for (const kind of ['cloud', 'data-center'] as const)
  describe(`tickets in Jira (${kind})`, () => {
    let box: JiraBox;
    beforeEach(async () => (box = await jiraBox(kind)));
    afterEach(() => box.close());
    const statusOf = async (change?: object): Promise<string> => (await box.file(change)).status;
    const issue = (index = 0) => box.jira.issues[index]!;
    const again = (at: number) => (box.content = contentIn({ hits: [hit(at)], total: 9, storedAt: at }));

    it('are made once by a thousand clicks at once', async () => {
      const all = await Promise.all(Array.from({ length: 1_000 }, () => box.file()));
      assert.equal(box.jira.issues.length, 1);
      assert.deepEqual([...new Set(all.map((it) => ('ticket' in it ? it.ticket.key : it.status)))], ['CRM-1']);
      assert.ok(box.jira.asked.length <= 3, box.jira.asked.join());
      assert.deepEqual(issue().labels, ['sentry-monitor', 'sm-3accc22c9a2cf324']);
      const said = saidIn(issue().description);
      assert.ok(said.includes("KeyError: 'cart-17'") && said.includes('10:06:30 UTC'), said);
    });

    it('are one when the answer is cut off and search is ten minutes late', async () => {
      box.jira.options.lagMs = 10 * MINUTE;
      box.jira.faults.push({ method: 'POST', path: '/issue', kind: 'cut' });
      for (let minute = 0; minute < 10; minute++) {
        assert.equal(await statusOf(), 'uncertain');
        box.clock.advance(MINUTE);
      }
      assert.equal(await statusOf(), 'created');
      assert.equal(box.jira.issues.length, 1);
    });

    it('are not made while Jira is away, and one is made when it is back', async () => {
      for (let at = 0; at < 3; at++) box.jira.faults.push({ method: 'POST', path: 'search', kind: 503 });
      for (let at = 0; at < 3; at++) assert.equal(await statusOf(), 'later');
      assert.equal(await statusOf(), 'created');
      assert.equal(box.jira.issues.length, 1);
    });

    it('wait as long as Jira asks', async () => {
      box.jira.faults.push({ method: 'POST', path: '/issue', kind: 429, retryAfter: 30 });
      const outcome = await box.file();
      assert.equal(outcome.status, 'later');
      assert.equal('afterMs' in outcome && outcome.afterMs, 30_000);
      assert.equal(await statusOf(), 'created');
    });

    it('tell who asked what Jira has against fields', async () => {
      const strict = await jiraBox(kind, { fields: [{ id: 'customfield_7', name: 'Severity', required: true }] });
      const outcome = await strict.file();
      await strict.close();
      assert.equal(outcome.status, 'refused');
      assert.deepEqual('fields' in outcome && outcome.fields, { customfield_7: 'Severity is required.' });
      assert.match(outcome.say, /tickets\.jira: answered 400: customfield_7: Severity is required\./);
    });

    it('have what files say of fields, labels and teams', async () => {
      const own = await jiraBox(kind, {
        fields: [{ id: 'customfield_7', name: 'Severity', required: true, values: ['S1', 'S2'] }],
        more: {
          'tickets.jira.labels': 'monitoring,errors',
          'tickets.jira.issueType': 'Task',
          'tickets.jira.fields': '{"priority":"High","customfield_7":{"value":"S1"}}',
          'tickets.jira.teams':
            '{"crm":{"assignee":"ann-1","component":"Checkout","fields":{"customfield_7":{"value":"S2"}}}}',
        },
      });
      assert.equal((await own.file({ team: 'crm' })).status, 'created');
      const [made] = own.jira.issues;
      await own.close();
      assert.equal(made!.type, 'Task');
      assert.deepEqual(made!.labels.slice(2), ['monitoring', 'errors']);
      const { priority, components, assignee, customfield_7: severity } = made!.fields;
      assert.deepEqual([priority, components, severity], [{ name: 'High' }, [{ name: 'Checkout' }], { value: 'S2' }]);
      assert.deepEqual(assignee, kind === 'cloud' ? { accountId: 'ann-1' } : { name: 'ann-1' });
    });

    it('are opened again once in a workflow of another language, and commented on', async () => {
      await box.file();
      box.clock.advance(MINUTE);
      box.jira.resolve('CRM-1', 'Done');
      box.clock.advance(5 * DAY);
      again(NOW + 5 * DAY);
      assert.equal(await statusOf(), 'reopened');
      assert.deepEqual([issue().status.name, issue().comments.length], ['Zu erledigen', 1]);
      assert.equal(await statusOf(), 'exists');
      assert.equal(box.jira.asked.filter((it) => it.startsWith('POST') && it.endsWith('/transitions')).length, 1);
    });

    it('are new and linked where the former one was done for 45 days; of what nobody will do, commented on', async () => {
      await box.file();
      box.jira.resolve('CRM-1', 'Done');
      box.clock.advance(45 * DAY);
      again(NOW + 45 * DAY);
      assert.equal(await statusOf(), 'created');
      assert.deepEqual(issue(1).links, ['CRM-1']);
      box.jira.resolve('CRM-2', "Won't Do");
      box.clock.advance(45 * DAY);
      again(NOW + 90 * DAY);
      assert.equal(await statusOf(), 'commented');
      assert.equal(box.jira.issues.length, 2);
    });

    it('are followed when they are moved, and made anew when they are deleted', async () => {
      await box.file();
      box.jira.move('CRM-1', 'OPS');
      box.clock.advance(2 * DAY);
      again(NOW + DAY);
      const moved = await box.file();
      assert.equal('ticket' in moved && moved.ticket.key, 'OPS-1');
      box.jira.remove('OPS-1');
      box.clock.advance(2 * DAY);
      const anew = await box.file();
      assert.deepEqual([anew.status, 'ticket' in anew && anew.ticket.key], ['created', 'CRM-2']);
    });

    it('are commented on once when the answer of a comment is cut off', async () => {
      await box.file();
      box.clock.advance(2 * DAY);
      again(NOW + DAY);
      box.jira.faults.push({ method: 'POST', path: '/comment', kind: 'cut' });
      assert.equal(await statusOf(), 'uncertain');
      assert.equal(await statusOf(), 'exists');
      assert.equal(issue().comments.length, 1);
    });

    it('hold 500 hits in less than 25,000 characters, and say how many are left out', async () => {
      const hits = Array.from({ length: 500 }, (_, at) => hit(NOW - at * MINUTE));
      box.content = contentIn({ hits, total: 700 });
      await box.file();
      const { description } = issue();
      const length = typeof description === 'string' ? description.length : JSON.stringify(description).length;
      assert.ok(length < 25_000, String(length));
      const said = saidIn(description);
      const listed = [...said.replaceAll('\\', '').matchAll(/\d\d:\d\d:\d\d UTC/g)].length;
      assert.ok(listed > 60, `${listed} are listed`);
      assert.ok(said.includes(`and ${700 - listed} more`), `${listed} are listed`);
      assert.ok(said.includes('return carts'), 'the traceback stands whole');
    });

    it('are found by a login that is refused or a page in front of Jira, and nothing is made', async () => {
      box.jira.faults.push(
        { method: 'POST', path: 'search', kind: 'page' },
        { method: 'POST', path: 'search', kind: 401 },
      );
      for (const words of [/answered 200 with a web page; check tickets\.jira\.url/, /answered 401/]) {
        const outcome = await box.file();
        assert.equal(outcome.status, 'refused');
        assert.match(outcome.say, words);
      }
      assert.equal(box.jira.issues.length, 0);
    });

    it('take any title and text as it is', async () => {
      const nasty = [
        '{code}',
        '{noformat}',
        '[~admin] @all',
        'h1. big',
        '*_-+^~|!x.png!',
        '\u0000\u001b[31m',
        '<b>&amp;',
        '\uD800',
        'x'.repeat(10_000),
      ];
      for (const [index, title] of nasty.entries()) {
        box.content = contentIn({ title, text: `${TRACEBACK}\n${title}`, culprit: title });
        const outcome = await box.file({ issue: { project: 'manager', id: String(index) }, by: title });
        assert.equal(outcome.status, 'created', `${title.slice(0, 20)}: ${outcome.say}`);
      }
    });
  });
