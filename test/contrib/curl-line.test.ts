import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcesses } from '../support/process/processes.ts';
import { within } from '../support/time/until.ts';
import { openBox } from '../support/trigger/bench.ts';
import { triggerStage } from '../support/trigger/cron-folder.ts';
import { noToken, TOKEN } from '../support/trigger/run-trigger.ts';
import { deadUrl, stub } from '../support/trigger/stub-servers.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCHEDULE = '3-59/5 * * * * ';

/** The crontab's lines with curl, of one page. */
function linesOf(page: string): readonly string[] {
  return readFileSync(join(ROOT, page), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${SCHEDULE}curl`));
}

/** What cron would mail: all that the line prints. Cron takes `\%` for `%`. */
async function mailOf(line: string, server: string, authFile: string): Promise<string> {
  const command = line
    .slice(SCHEDULE.length)
    .replaceAll('\\%', '%')
    .replace('https://monitor.example.com', server)
    .replace('@/etc/sentry-monitor.auth', `"@${authFile}"`);
  const child = spawn('sh', ['-c', command], { env: { PATH: process.env['PATH'], HOME: '/nonexistent' } });
  let mail = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (mail += text));
  await within('the line ends', new Promise((done) => child.once('close', done)));
  noToken(mail);
  return mail;
}

describe("the crontab's line with curl", () => {
  const stage = triggerStage();
  const [line = ''] = linesOf('README.md');
  const post = (server: string): Promise<string> =>
    mailOf(line, server, stage.secret('auth', `Authorization: Bearer ${TOKEN}\n`));

  afterEach(endProcesses);

  it('is the same wherever it is documented, and short enough for a crontab', () => {
    for (const page of ['README.md', 'docs/installing.md', 'docs/triggering.md'])
      assert.deepEqual(linesOf(page), [line], page);
    assert.ok(line.length < 200, `${line.length} characters`);
  });

  it('is silent on 200 and 202, with the token and the time', async () => {
    for (const status of [200, 202]) {
      const server = await stub(status, 'all');
      assert.equal(await post(server.url), '');
      assert.deepEqual([server.asked.length, server.asked[0]!.authorization], [1, `Bearer ${TOKEN}`]);
      assert.match(server.asked[0]!.url!, /^\/run\?at=\d{10}$/);
    }
  });

  it('has the filters file that is to be mended, after a good run', async () => {
    const server = await stub(200, 'all', { 'Sentry-Monitor-Why': 'filters/crm.yaml:12: so it is' });
    assert.equal(await post(server.url), 'Sentry-Monitor-Why: filters/crm.yaml:12: so it is\r\n');
  });

  for (const status of [400, 401, 404, 413, 429, 500, 502, 503, 504])
    it(`has the status ${status} and the reason`, async () => {
      const server = await stub(status, 'some', { 'sentry-monitor-why': 'newrelic: 403 this is a user key' });
      const mail = await post(server.url);
      assert.match(mail, new RegExp(`^curl: .*\\b${status}\\b`, 'm'));
      assert.match(mail, /^sentry-monitor-why: newrelic: 403 this is a user key\r?$/m);
    });

  it('tells of an answer that is none of ours, and of no answer', async () => {
    assert.match(await post((await stub(502)).url), /^curl: .*\b502\b/);
    assert.match(await post(await deadUrl()), /^curl: \(7\) /);
  });

  it("has the reason of a real server: a sink's, a wrong token's", async () => {
    const box = await openBox();
    const { url } = await box.serve();
    await box.fault({ vendor: 'newrelic', kind: 'status', status: 403, times: 0 });
    assert.match(await post(url), /^Sentry-Monitor-Why: newrelic: 403 /m);
    const wrong = await mailOf(line, url, stage.secret('wrong', 'Authorization: Bearer wrong-0123456789\n'));
    assert.match(wrong, /^Sentry-Monitor-Why: send the header "Authorization: Bearer <token>"/m);
  });
});
