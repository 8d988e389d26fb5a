import { events } from './events/index.ts';
import { sentry } from './sentry/index.ts';

/** Every source there is. A new one adds its line here and its file or folder beside this one. */
export const sources = { sentry, events } as const;
