import { fileURLToPath } from 'node:url';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import type { World } from '../../app/world.ts';
import { PERIOD_MS, windowAt } from '../../core/model/window.ts';
import { BadCall, type Command } from '../command.ts';
import { readOptions } from '../read-options.ts';
import { alertsTable } from './alerts.ts';
import { digestFile, digestSeed, digestShown } from './digest.ts';
import { DIGESTS, filesIn } from './files.ts';
import { fillHalfADay, temporaryLedger } from './history.ts';
import { type DemoLogs, logSeed, openLogs } from './logs.ts';
import { type LogsStage, logsText, readLogs } from './logs-shown.ts';
import { indented } from './picture.ts';
import { due, type Posted, post, TOKEN } from './posts.ts';
import { type DemoQueue, openQueue } from './queue.ts';
import { sow } from './seed.ts';
import { type Service, startService } from './service.ts';
import { asText } from '../summary/as-text.ts';
import { type AnswerBody, foundInAnswer } from '../summary/in-answer.ts';
import { summarize, type Summary } from '../summary/summarize.ts';
import { countsTable, issuesTable, sinksTable } from '../summary/tables.ts';
import { type ReceivedBody, receivedTable } from './received.ts';

/**
 * The slot of the sandbox's story that the present shows: a late morning with a new issue and a surge. It is fixed, so
 * that the demo tells the same each time.
 */
const SLOT = 428;
const SETTLE_MS = 120_000;
const MOST = { trending: 3, biggest: 2, isTold: false };

interface Stage {
  readonly sandbox: Sandbox;
  readonly service: Service;
  readonly world: World;
  /** Undefined: without one. */
  readonly queue: DemoQueue | undefined;
  readonly logs: DemoLogs | undefined;
  readonly hasDigest: boolean;
  print(text: string): void;
}

const OPTIONS = { serve: { type: 'boolean', default: false }, with: { type: 'string' } } as const;
const FILTERS = fileURLToPath(new URL('./filters.yaml', import.meta.url));
/** So long is the past of the queue. */
const QUEUE_HOURS = 3;

/** Shows the whole way in a minute, without an account anywhere. */
export const demo: Command = {
  summary: 'the service against a sandbox on this machine, without an account',
  options: OPTIONS,
  help: `sentry-monitor demo [--serve] [--with digest|queue|logs]

Shows the whole way, from Sentry's counts to what New Relic and Anodot took,
whom it tells of what included, without an account anywhere: all of them are a
sandbox on this machine.

  --serve  keeps service and sandbox up afterwards, with the page, half a day
           behind it, and an inbox of what people are told, a digest with a
           chart every five minutes included, until Ctrl-C
  --with   digest: the last half day in a message, with its chart;
           queue: events of Sentry out of a queue of Amazon's kind besides;
           logs: a Django log, its digest in Telegram and its events

Exit codes: 0 all went well; 1 something did not; 2 bad call.
`,
  async run(args, world) {
    const { values } = readOptions(args, OPTIONS);
    if (values.with !== undefined && !['digest', 'queue', 'logs'].includes(values.with))
      throw new BadCall(`--with ${values.with} is not digest, queue or logs`);
    const at = world.now();
    const window = windowAt(at, SETTLE_MS);
    const sandbox = await startSandbox({ now: world.now, story: 'lively', epoch: window.start - SLOT * PERIOD_MS });
    // Stopped just after the window settled: events that come later still would make each demo count differently.
    sandbox.world.clock.set(window.end + SETTLE_MS);
    const ledger = values.serve || values.with !== undefined ? temporaryLedger() : undefined;
    let queue: DemoQueue | undefined;
    try {
      const files = ledger === undefined ? undefined : filesIn(ledger.folder, FILTERS);
      if (values.serve) files!.add('digests.yaml', DIGESTS);
      const hasDigest = values.with === 'digest';
      if (hasDigest) files!.add('half-day.yaml', digestFile(window.end));
      queue = values.with === 'queue' ? await openQueue(files!, world) : undefined;
      const logs = values.with === 'logs' ? openLogs(ledger!.folder, files!, sandbox, world) : undefined;
      queue?.fillHours(QUEUE_HOURS, window);
      const env = { ...environment(sandbox), ...ledger?.env, ...files?.env, ...queue?.env, ...logs?.env };
      if (logs !== undefined) await sow(logSeed(world.now()), env, world);
      if (hasDigest) await sow(digestSeed(world.now(), window.end), env, world);
      const service = await startService(env);
      const print = (text: string): void => void world.out.write(`${text}\n`);
      return await show({ sandbox, service, world, queue, logs, hasDigest, print }, at, values.serve);
    } finally {
      await sandbox.close();
      await queue?.close();
      ledger?.remove();
    }
  },
};

function environment({ sentryUrl, url, keys, addresses }: Sandbox): Record<string, string> {
  return {
    FILTERS,
    TRIGGER_TOKEN: TOKEN,
    HOST: '127.0.0.1',
    SETTLE_SECONDS: String(SETTLE_MS / 1000),
    SENTRY_URL: sentryUrl,
    SENTRY_ORG: keys.sentryOrg,
    SENTRY_AUTH_TOKEN: keys.sentryToken,
    NEW_RELIC_ACCOUNT_ID: keys.newRelicAccountId,
    NEW_RELIC_LICENSE_KEY: keys.newRelicKey,
    NEW_RELIC_EVENT_URL: url,
    NEW_RELIC_METRIC_URL: url,
    ANODOT_TOKEN: keys.anodotToken,
    ANODOT_URL: url,
    SLACK_API_URL: addresses.slackApi,
    DEMO_SLACK_TOKEN: keys.slackToken,
    SMTP_URL: addresses.smtp,
    MAIL_FROM: 'sentry-monitor@example.com',
    PAGERDUTY_URL: url,
    DEMO_PAGER_KEY: keys.pagerDutyKey,
  };
}

async function show(stage: Stage, at: number, serve: boolean): Promise<number> {
  const { sandbox, service, world, print } = stage;
  const query = `at=${Math.floor(at / 1000)}`;
  try {
    print('Sentry, New Relic, Anodot, Slack, mail and PagerDuty are a sandbox on this machine; nothing leaves it.\n');
    if (stage.queue !== undefined) print(`0. The queue is read                   ${await readQueue(service)}\n`);
    const logs = stage.logs && logsStage(stage, stage.logs);
    if (logs !== undefined) print(`0. A Django log is written and read    ${await readLogs(logs)}\n`);
    if (stage.hasDigest) print(`0. Half a day is counted                ${await countPast(stage, at)}\n`);
    const first = await post(service, `${query}&debug=true`);
    print(`1. Debug run: reads, sends nothing     POST /run?debug=true  ->  ${first.head}`);
    print(`   window ${spanOf(first.body)} UTC, ${first.body.sentryRequests} requests to Sentry\n`);
    const found = summaryOf(first);
    print(`${asText(countsTable(found))}\n\n${asText(issuesTable(found, MOST))}\n\n${sinksOf(first)}\n`);
    const second = await post(service, query);
    print(`2. Real run                            POST /run  ->  ${second.head}`);
    print(`${sinksOf(second)}\n`);
    print(`   Who is told, and why:\n${alertsTable(second.body.alerts ?? [])}\n`);
    const again = await post(service, query);
    print(`3. The same post once more             POST /run  ->  ${again.head}`);
    print(`${sinksOf(again)}\n`);
    print('4. What arrived at the sandbox, counted there');
    print(`${receivedTable(await received(sandbox))}\n`);
    if (stage.queue !== undefined) print(`   The mail about the queue:\n\n${mailOf(sandbox)}`);
    if (logs !== undefined) print(`${await logsText(logs)}`);
    if (stage.hasDigest) print(await digestShown(sandbox, () => due(service)));
    const ok = [first, second, again].every(({ status }) => status === 200);
    if (!ok) print(`The service said:\n${service.logs()}`);
    if (serve && !world.shutdown.aborted) await keepUp(stage, first.body.window.end);
    return ok ? 0 : 1;
  } finally {
    await service.stop();
  }
}

/** What `POST /due` says of it. */
async function readQueue(service: Service): Promise<string> {
  const { status, done } = await due(service);
  const { detail = 'not read' } = done.find(({ kind }) => kind === 'intake') ?? {};
  return `POST /due  ->  ${status}, ${detail}`;
}

function logsStage({ sandbox, service }: Stage, logs: DemoLogs): LogsStage {
  return { sandbox, logs, url: service.url, due: async () => (await due(service)).done };
}

function mailOf({ world }: Sandbox): string {
  const mail = world.received.mail.messages.find(({ subject }) => subject.includes('browser-nightly'));
  return indented(mail?.text ?? 'none');
}

function summaryOf({ body }: Posted): readonly Summary[] {
  return summarize(foundInAnswer(body));
}

function sinksOf(posted: Posted): string {
  return asText(sinksTable(summaryOf(posted)));
}

/** Two plain runs have a run event each, which follows the answer. */
async function received({ url, world }: Sandbox): Promise<ReceivedBody> {
  const runEvents = (): number =>
    world.received.newrelic.events.filter(({ record }) => record['eventType'] === 'SentryMonitorRun').length;
  for (const limit = performance.now() + 5000; runEvents() < 2 && performance.now() < limit;)
    await new Promise((done) => setTimeout(done, 20));
  return (await (await fetch(`${url}/sandbox/received`)).json()) as ReceivedBody;
}

function spanOf({ window: { start, end } }: AnswerBody): string {
  return `${start.slice(0, 16)} to ${end.slice(11, 16)}`;
}

/** `how`: what a post says besides. Gives back how many windows it were. */
function fillPast({ sandbox, service, world }: Stage, lastEnd: number, how: string): Promise<number> {
  return fillHalfADay(lastEnd, sandbox.world, world.shutdown, (end) => post(service, `end=${end}${how}`));
}

/** What arrives of it at the sandbox does not count for what is shown. */
async function countPast(stage: Stage, at: number): Promise<string> {
  // By sinks: the past is for the page, and nobody is told of it now.
  const windows = await fillPast(stage, windowAt(at, SETTLE_MS).end, '');
  stage.sandbox.world.forget();
  return `${windows - 1} windows`;
}

async function keepUp(stage: Stage, lastEnd: string): Promise<void> {
  const { sandbox, service, world, queue, logs, print } = stage;
  const { shutdown, now, sleep } = world;
  sandbox.world.clock.real();
  print('Both stay up until Ctrl-C. Look at the page, and try:');
  print(`  ${service.url}/`);
  print(`  curl -X POST -H 'Authorization: Bearer ${TOKEN}' '${service.url}/run?debug=true'`);
  print(`  ${sandbox.url}/sandbox/inbox`);
  print(`  curl ${sandbox.url}/sandbox/received`);
  const digest = new Date(Math.ceil(now() / PERIOD_MS) * PERIOD_MS + SETTLE_MS).toISOString().slice(11, 16);
  print(`A digest with a chart comes to that inbox at ${digest} UTC, and then every five minutes.`);
  // By sinks: the past is for the page, and nobody is told of it now.
  const windows = await fillPast(stage, Date.parse(lastEnd), '&sink=anodot&sink=newrelic');
  print(
    `The page has ${windows} more windows now: its last 12 hours, with two that nobody counted and one cut short, ` +
      'on purpose. From now on each window is counted when it has settled.',
  );
  let counted = Date.parse(lastEnd);
  while (!shutdown.aborted) {
    const { end: last } = windowAt(now(), SETTLE_MS);
    // The history takes its time, and a laptop may sleep: no window is left out. The newest is posted as a cron does.
    while (!shutdown.aborted && counted < last) {
      counted += PERIOD_MS;
      queue?.fill({ start: counted - PERIOD_MS, end: counted });
      logs?.fill({ start: counted - PERIOD_MS, end: counted });
      await post(service, counted < last ? `end=${new Date(counted).toISOString()}` : '');
    }
    await sleep(Math.max(0, counted + PERIOD_MS + SETTLE_MS + 1000 - now()), shutdown).catch(() => undefined);
  }
}
