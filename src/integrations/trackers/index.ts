import type { TrackerPlugin } from '../plugin.ts';
import { jira } from './jira/index.ts';

/** Every system of tickets there is, by the key under `tickets`. */
export const trackers: Readonly<Record<string, TrackerPlugin>> = { jira };
