import type { Sandbox } from '../../sandbox/index.ts';
import { at, NOW } from './support.ts';

export const WINDOW = { start: '2026-11-20T10:00:00Z', end: '2026-11-20T10:05:00Z' };

/** What `test/sandbox/world/truth.test.ts` has counted by hand. */
const EVENTS = [
  at(0, {
    project: 'web',
    issue: 1,
    title: 'A: Timeout in cart',
    user: 'id:1',
    level: 'error',
    environment: 'production',
    tags: { os: 'Linux' },
  }),
  at(1, {
    project: 'web',
    issue: 1,
    title: 'A: Timeout in cart',
    user: 'id:2',
    level: 'error',
    environment: 'production',
  }),
  at(2, {
    project: 'web',
    issue: 2,
    title: 'B: TIMEOUT',
    user: 'id:1',
    level: 'fatal',
    environment: 'staging',
    tags: { os: 'Linux' },
  }),
  at(3, {
    project: 'api',
    issue: 3,
    title: 'C: other',
    culprit: 'lib/timeout.js',
    level: 'error',
    environment: 'production',
    repeat: 3,
  }),
  at(4, {
    project: 'api',
    issue: null,
    title: 'D: timeout without issue',
    user: 'id:9',
    level: 'error',
    environment: 'production',
  }),
  at(5, { project: 'api', issue: 3, title: 'C: health check timeout', level: 'error', environment: 'production' }),
  at(6, { project: 'web', issue: 4, title: 'E: nothing', stack: [{ filename: 'timeout.js', function: 'f' }] }),
  at(299, {
    project: 'web',
    issue: 1,
    title: 'A: Timeout in cart',
    user: 'id:3',
    level: 'error',
    environment: 'production',
    arrivedAt: NOW + 1,
  }),
  at(300, { project: 'web', issue: 1, title: 'A: Timeout in cart' }),
];

export function fillHandCounted(sandbox: Sandbox): void {
  sandbox.world.addProject({ slug: 'web', id: 101 });
  sandbox.world.addProject({ slug: 'api', id: 102 });
  sandbox.world.addProject({ slug: 'idle', id: 103 });
  sandbox.world.addEvents(EVENTS);
}
