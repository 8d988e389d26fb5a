import { queuedErrors } from '../../../sandbox/aws/errors.ts';
import { startAws } from '../../../sandbox/aws/server.ts';
import type { World } from '../../app/world.ts';
import { HOUR_MS, type Window } from '../../core/model/window.ts';
import type { DemoFiles } from './files.ts';

/** A queue in this process. */
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

/** `files`: gets the filters of the queue. */
export async function openQueue(files: DemoFiles, { now, sleep }: World): Promise<DemoQueue> {
  const aws = await startAws({ now, sleep });
  const queue = aws.queue(NAME);
  const put = (start: number, end: number, surges: boolean): void => {
    // What happened was put in then: the intake knows nothing of before its oldest message.
    for (const body of queuedErrors(start, end, surges)) queue.send(body, start);
  };
  files.add('browser.yaml', textOf(aws.addressOf(NAME)));
  return {
    env: { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'demo', AWS_SECRET_ACCESS_KEY: 'demo' },
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
