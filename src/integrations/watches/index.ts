import type { Watch } from '../../core/ports/watches/watch.ts';
import type { Plugin } from '../plugin.ts';
import { http } from './http/index.ts';
import { tls } from './tls/index.ts';
import { url } from './url/index.ts';

/** Every kind of watch, by the key that a file sets it up with. A new one adds its line here and its folder. */
export const watches: Readonly<Record<string, Plugin<Watch>>> = { url, http, tls };
