import assert from 'node:assert/strict';
import { type JiraDouble, startJira } from '../../sandbox/jira/server.ts';
import type { Service } from '../support/e2e/service.ts';
import { ANN } from '../support/looks/people.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';

const KEY = 'jira-token-0123456789';
const PATHS = ['/act/ticket?issue=101&project=web', '/act/hide?issue=101', '/issues?ticket=open', '/issues/101'];

describeInBrowser('tickets in a browser', () => {
  let browser: Browser;
  let bench: AlertBench;
  let jira: JiraDouble;
  let service: Service;
  before(async () => {
    browser = await openBrowser();
    bench = await openAlertBench('stopped');
    jira = await startJira({ kind: 'data-center', now: bench.clock.now, login: `Bearer ${KEY}` });
    for (const issue of [101, 102, 103]) bench.fill(0, 20 + issue, issue);
    const teams = { crm: { assignee: 'ben' }, shop: { assignee: 'ann' } };
    service = await bench.serveRules(['any'], {
      file: { tickets: { jira: { url: jira.url, key: 'JIRA_TOKEN', project: 'CRM', teams } } },
      env: {
        ...{ LEDGER_URL: bench.ledgerUrl, JIRA_TOKEN: KEY, PAGE_ACTIONS: 'true' },
        PAGE_USERS: `ann:${ANN.password}`,
      },
    });
    assert.equal((await service.post()).status, 200);
  });
  afterEach(() => browser.closeTabs());
  after(async () => {
    await browser.close();
    await bench.close();
    await jira.close();
  });

  it('are made by a form, without script, and shown', async () => {
    const open = { httpCredentials: ANN, javaScriptEnabled: false };
    const { page } = await browser.open(`${service.url}/issues/101`, open);
    await page.getByRole('link', { name: 'create a ticket' }).click();
    await page.getByLabel('For team').selectOption('crm');
    await page.getByRole('button', { name: 'Create, or comment' }).click();
    assert.match(page.url(), /\/messages#done$/);
    assert.match((await page.textContent('#done + ul'))!, /ann saw to a ticket: Created CRM-1, for Error: trouble 101/);
    await page.goto(`${service.url}/issues/101`);
    assert.equal(await page.getByRole('link', { name: 'comment on CRM-1' }).count(), 1);
  });

  for (const width of [1280, 375])
    it(`fit, and axe finds nothing, at ${width}`, async () => {
      for (const path of PATHS) {
        const { page } = await browser.open(`${service.url}${path}`, {
          httpCredentials: ANN,
          viewport: { width, height: 800 },
        });
        assert.deepEqual(await findingsIn(page), [], path);
        assert.equal(await overflowOf(page), 0, path);
        const name = path.replace(/\W+/g, '-');
        if (process.env['SHOTS'] !== undefined)
          await page.screenshot({ path: `${process.env['SHOTS']}/${name}-${width}.png`, fullPage: true });
      }
    });
});
