import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LIMITS } from '../../src/server/listen.ts';
import type { Json } from '../support/e2e/json.ts';
import { ROOT } from '../support/process/processes.ts';
import { commandOf, ofImage } from '../support/production/dockerfile.ts';

/** Everything that says how the service is run, beside package.json. */
const FILES = [
  'Dockerfile',
  'compose.yaml',
  'contrib/docker/cron.sh',
  ...['systemd', 'kubernetes'].flatMap((name) =>
    readdirSync(join(ROOT, 'contrib', name)).map((file) => `contrib/${name}/${file}`),
  ),
];
/** Of PostgreSQL's image, cron's shell, and systemd. */
const NOT_OURS = ['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD', 'TMPDIR', 'CREDENTIALS_DIRECTORY'];
const FLAGS = '--max-semi-space-size=4 --heap-growing-percent=30';

function text(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** A default as .env.example tells it. */
function defaultOf(name: string): number {
  return Number(new RegExp(`^(?:# )?${name}=(.+)$`, 'm').exec(text('.env.example'))![1]);
}

const compose = parse(text('compose.yaml'), { merge: true });
const servers = ['monitor-1', 'monitor-2'].map((name) => compose.services[name]);
const deployment = parse(text('contrib/kubernetes/deployment.yaml'));
const pod = deployment.spec.template.spec;
const unit = text('contrib/systemd/sentry-monitor.service');

describe('the files that run the service', () => {
  it('name only variables that the program reads', () => {
    const known = [...text('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
    const foreign = FILES.flatMap((file) => [
      ...text(file).matchAll(/(?<![\w$-])([A-Z]{3,}(?:_[A-Z0-9]+)+|PORT|HOST|FILTERS|SINKS|PAGE)(?=[=:}%]|$)/gm),
    ])
      .map(([name]) => name)
      .filter((name) => ![...known, ...NOT_OURS].includes(name.replace(/_FILE$/, '')));
    assert.deepEqual(foreign, []);
    for (const { environment } of servers)
      assert.deepEqual(
        Object.keys(environment as object).filter((name) => !known.includes(name)),
        [],
      );
    assert.deepEqual(
      pod.containers[0].env.map(({ name }: Json) => name).filter((name: string) => !known.includes(name)),
      [],
    );
  });

  it('give node the flags of the Procfile', () => {
    const [, command = ''] = /^web: node (.+)$/m.exec(text('Procfile'))!;
    assert.equal(command, `${FLAGS} -r ./apm.cjs bin/service.js`);
    assert.equal(commandOf(ofImage('CMD')[0]!).slice(1).join(' '), command);
    assert.equal(/^ExecStart=\/usr\/bin\/node (.+)$/m.exec(unit)![1], command);
    assert.ok(text('src/commands/serve.ts').includes(`'${FLAGS.split(' ').join("', '")}'`));
  });

  it('agree on the port', () => {
    const port = defaultOf('PORT');
    assert.deepEqual(ofImage('EXPOSE'), [String(port)]);
    for (const { environment, ports } of servers) {
      assert.equal(environment.PORT, String(port));
      assert.match(ports[0], new RegExp(`^127\\.0\\.0\\.1:\\d+:${port}$`));
    }
    for (const url of compose.services.cron.command.slice(3) as readonly string[])
      assert.match(url, new RegExp(`^http://monitor-[12]:${port}$`));
    assert.deepEqual(
      [pod.containers[0].ports[0].containerPort, pod.containers[0].env.find(({ name }: Json) => name === 'PORT').value],
      [port, String(port)],
    );
    assert.ok(text('contrib/systemd/sentry-monitor-trigger.service').includes(` http://127.0.0.1:${port}\n`));
  });

  it('wait longer for the end than the service waits for its runs', () => {
    const shutdown = defaultOf('SHUTDOWN_SECONDS');
    for (const { stop_grace_period: grace } of servers) assert.ok(parseInt(grace as string, 10) >= shutdown + 10);
    assert.ok(pod.terminationGracePeriodSeconds >= shutdown + 10);
    assert.ok(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)![1]) >= shutdown + 10);
  });

  it('let it open more files than it takes connections', () => {
    for (const { ulimits } of servers) assert.ok(ulimits.nofile > LIMITS.connections);
    assert.ok(Number(/^LimitNOFILE=(\d+)$/m.exec(unit)![1]) > LIMITS.connections);
  });

  it('let nothing write but where a ledger lies', () => {
    for (const server of servers)
      assert.deepEqual(
        [server.read_only, server.cap_drop, server.volumes],
        [true, ['ALL'], ['./config:/app/config:ro']],
      );
    assert.match(unit, /^ProtectSystem=strict$/m);
    assert.match(unit, /^DynamicUser=yes$/m);
    assert.doesNotMatch(unit, /^ReadWritePaths=/m);
  });

  it('post three minutes after each window', () => {
    assert.equal(parse(text('contrib/kubernetes/cronjob.yaml')).spec.schedule, '3-59/5 * * * *');
    assert.match(text('contrib/systemd/sentry-monitor-trigger.timer'), /^OnCalendar=\*:3\/5$/m);
  });
});
