import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that `remove` takes away. */
export function folder(files: Readonly<Record<string, string>>): {
  readonly path: string;
  file(name: string): string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, file: (name) => join(path, name), remove: () => rmSync(path, { recursive: true }) };
}
