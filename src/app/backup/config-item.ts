import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { BackupTrouble } from '../../core/backup/trouble.ts';
import type { BackupItem, Facts } from '../../core/ports/backup/item.ts';
import { digestOfText } from '../../platform/file-digest.ts';

/** How names of copies of files end. */
const CONFIG_ENDING = 'json.gz';

/** Texts of files by their paths, none of which holds a secret. */
export type ConfigTexts = Readonly<Record<string, string>>;

/** The filters files, and settings that are no secrets, as backups are made of them. */
export function configItem(texts: () => ConfigTexts): BackupItem {
  return {
    name: 'config',
    async copy(folder) {
      const file = join(folder, 'config');
      const own = texts();
      await writeFile(file, gzipSync(`${JSON.stringify(own, null, 2)}\n`), { flag: 'wx', mode: 0o600 });
      const facts = factsOf(own);
      return {
        file,
        ending: CONFIG_ENDING,
        async prove(back) {
          const found = factsOf(await configIn(back));
          if (JSON.stringify(found) !== JSON.stringify(facts))
            throw new BackupTrouble('the copy is not what the files are');
          return { facts: found, said: `${Object.keys(found).length} files` };
        },
      };
    },
  };
}

/** Rejects when it is damaged. */
export async function configIn(file: string): Promise<ConfigTexts> {
  try {
    return JSON.parse(gunzipSync(await readFile(file)).toString()) as ConfigTexts;
  } catch (error) {
    throw new BackupTrouble(`the copy is damaged: ${(error as Error).message}`);
  }
}

function factsOf(texts: ConfigTexts): Facts {
  const paths = Object.keys(texts).toSorted();
  return Object.fromEntries(paths.map((path) => [path, digestOfText(texts[path]!)]));
}
