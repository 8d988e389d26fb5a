import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Run as processes of their own, which coverage does not follow; and in browsers. */
const ELSEWHERE = ['src/cli.ts', 'src/main.ts', 'src/server/pages/script/browser/*.ts'];

/** Nothing is left of it when it runs. */
function isTypesAlone(file: string): boolean {
  const text = stripTypeScriptTypes(readFileSync(join(ROOT, file), 'utf8'));
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|;/g, '').trim() === '';
}

describe('coverage', () => {
  it('leaves out what cannot be run here, and nothing else', () => {
    const { exclude } = JSON.parse(readFileSync(join(ROOT, '.c8rc.json'), 'utf8')) as { exclude: string[] };
    const types = globSync('src/**/*.ts', { cwd: ROOT })
      .filter((file) => !file.startsWith('src/server/pages/script/browser/') && !file.endsWith('.d.ts'))
      .filter(isTypesAlone);
    assert.ok(types.length > 20, `${types.length} files of types`);
    assert.deepEqual(exclude.toSorted(), [...types, ...ELSEWHERE].toSorted());
  });
});
