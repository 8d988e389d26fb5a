import { DAY_MS } from '../../core/model/window.ts';
import type { Reach } from './alerts/past.ts';

/** Of a process without a ledger. */
export const A_DAY: Reach = { windowsMs: DAY_MS, daysMs: 0, messagesMs: 2 * DAY_MS };
