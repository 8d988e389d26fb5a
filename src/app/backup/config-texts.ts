import { readFilterFiles } from '../../config/filters/load.ts';
import { type Env, valueOf } from '../../config/schema.ts';
import { filtersPath } from '../../config/settings.ts';
import type { Redact } from '../../platform/redact.ts';
import { variables } from '../part-kinds.ts';
import type { World } from '../world.ts';
import type { ConfigTexts } from './config-item.ts';

const SETTINGS = 'settings.env';

/** The filters files as they are on the disk, and the settings; every secret that is known is hidden. */
export function configTexts({ env, disk }: Pick<World, 'env' | 'disk'>, redact: Redact): ConfigTexts {
  const { files } = readFilterFiles(filtersPath(env), disk);
  const texts = files.map(({ path, text }) => [path, redact(text)] as const);
  return Object.fromEntries([...texts, [SETTINGS, redact(settingsText(env))]]);
}

function settingsText(env: Env): string {
  const lines = variables.flatMap(({ env: name, sensitive }): readonly string[] => {
    if (sensitive) return isSet(name, env) ? [`# ${name} was set; it is a secret, set it anew`] : [];
    const value = valueOf(env, name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  return [...new Set(lines)].map((line) => `${line}\n`).join('');
}

function isSet(name: string, env: Env): boolean {
  return valueOf(env, name) !== undefined || valueOf(env, `${name}_FILE`) !== undefined;
}
