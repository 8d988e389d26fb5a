import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queuedErrors } from '../../../sandbox/aws/errors.ts';
import { startAws } from '../../../sandbox/aws/server.ts';
import type { World } from '../../app/world.ts';
import { HOUR_MS, type Window } from '../../core/model/window.ts';

/** A queue in this process, and the files of who reads it. */
export interface DemoQueue {
  /** What the service needs besides. */
  readonly env: Readonly<Record<string, string>>;
  /** Puts in what happened in these hours up to the window's end; it surges in the window. */
  fillHours(hours: number, window: Window): void;
  /** Puts in what happened in a window. */
  fill(window: Window): void;
  close(): Promise<void>;
}

const NAME = 'browser-errors';

/** `folder`: where the filters files may lie; `filters`: path of those without a queue. */
export async function openQueue(folder: string, filters: string, { now, sleep }: World): Promise<DemoQueue> {
  const aws = await startAws({ now, sleep });
  const queue = aws.queue(NAME);
  const put = (start: number, end: number, surges: boolean): void => {
    for (const body of queuedErrors(start, end, surges)) queue.send(body);
  };
  const files = join(folder, 'filters');
  mkdirSync(files);
  copyFileSync(filters, join(files, 'shop.yaml'));
  writeFileSync(join(files, 'browser.yaml'), textOf(aws.addressOf(NAME)));
  return {
    env: { FILTERS: files, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'demo', AWS_SECRET_ACCESS_KEY: 'demo' },
    fillHours: (hours, { start, end }) => put(start - hours * HOUR_MS, end, true),
    fill: ({ start, end }) => put(start, end, false),
    close: () => aws.close(),
  };
}

function textOf(address: string): string {
  return `intakes:
  browser: { sqs: '${address}' }
filters:
  - name: browser-nightly
    team: browser
    projects: [browser]
    environments: [nightly]
    alerts:
      - { when: new, tell: lead }
      - { when: top 3 of 1d > 15, except: { module: 'moz-extension*' }, tell: lead }
`;
}
