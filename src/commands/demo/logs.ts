import { appendFileSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../../sandbox/index.ts';
import { djangoRecords } from '../../../sandbox/logs/django.ts';
import type { World } from '../../app/world.ts';
import { scheduleText } from '../../core/model/alerting/digest-plan.ts';
import { HOUR_MS, PERIOD_MS, type Window } from '../../core/model/window.ts';
import type { DemoFiles } from './files.ts';
import type { Seed } from './seed.ts';

/** A log of Django's that grows. */
export interface DemoLogs {
  readonly env: Readonly<Record<string, string>>;
  /** Writes what happened in the hours before, but for the last minutes. */
  begin(): void;
  /** Renames the log, as logrotate does, and goes on in a new one up to now. */
  rotate(): void;
  /** Writes what happened in a window. */
  fill(window: Window): void;
}

export const LOG_DIGEST = 'django-log';
const LOG_CHANNEL = 'ops';
const INTAKE = 'django';
const HOURS = 9;
/** So much of it is in the second file, ms. */
const REST_MS = 90 * 60_000;

/** `files`: gets the filters of the log. */
export function openLogs(
  folder: string,
  files: DemoFiles,
  { addresses, keys }: Pick<Sandbox, 'addresses' | 'keys'>,
  { now }: Pick<World, 'now'>,
): DemoLogs {
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const log = join(logs, 'error.log');
  const at = now();
  const write = (start: number, end: number, surges = false): void =>
    appendFileSync(log, djangoRecords(start, end, surges).join(''));
  files.add('django.yaml', textOf(log));
  return {
    env: { TELEGRAM_API_URL: addresses.telegramApi, DEMO_TELEGRAM_TOKEN: keys.telegramToken },
    begin: () => write(at - HOURS * HOUR_MS, at - REST_MS),
    rotate() {
      write(at - REST_MS, at - REST_MS / 2);
      renameSync(log, `${log}.1`);
      write(at - REST_MS / 2, at, true);
      // NOTE: a last line of now: what stands at the end of a log may go on, and is read when something follows it.
      appendFileSync(log, `ERROR ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} ${LAST}\n`);
    },
    fill: ({ start, end }) => write(Math.max(start, at), end),
  };
}

const LAST = '/srv/acme/shop/carts.py carts 108 cart 7 has no customer';

/** As if the digest stood in the files for a while: else nobody would see one for up to five minutes. */
export function logSeed(now: number): Seed {
  const key = { digest: LOG_DIGEST, channel: LOG_CHANNEL };
  const upSince = now - HOURS * HOUR_MS;
  const schedule = scheduleText({ kind: 'every', everyMs: PERIOD_MS });
  const row = { ...key, schedule, loadedAt: now, toldTo: now - 2 * PERIOD_MS, upSince, place: null };
  return { rows: [row], begun: { key, place: { told: { [INTAKE]: 0 }, at: upSince, sent: null } } };
}

function textOf(log: string): string {
  return `channels:
  ${LOG_CHANNEL}: { telegram: -1001234567890, key: DEMO_TELEGRAM_TOKEN }
intakes:
  ${INTAKE}: { file: '${log}', format: django, timeZone: UTC, from: start }
filters:
  - { name: django-errors, team: shop, projects: [${INTAKE}], environments: [] }
digests:
  - name: ${LOG_DIGEST}
    at: every 5m
    filters: [django-errors]
    tell: ${LOG_CHANNEL}
    since: delivered
    chart: 12h
    skipEmpty: true
`;
}
