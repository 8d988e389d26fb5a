import type { Watch } from '../../core/ports/watches/watch.ts';
import type { Plugin } from '../plugin.ts';
import { ics, icsSecret } from './ics/index.ts';

/** Every kind of calendar, by the key that a file sets it up with. */
export const calendars: Readonly<Record<string, Plugin<Watch>>> = { ics, 'ics-secret': icsSecret };
