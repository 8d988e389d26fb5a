import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As it is received: a data URL, and what it says in words. */
export interface Shown {
  readonly src: string;
  readonly alt: string;
}

/** What a picture shows, and in which file it stays, so that one can look at it. */
export function pictureText(name: string, picture: Shown | undefined): string {
  if (picture === undefined) return '   with a picture: none\n';
  const path = join(mkdtempSync(join(tmpdir(), 'sentry-monitor-demo-')), `${name}.png`);
  writeFileSync(path, Buffer.from(picture.src.slice(picture.src.indexOf(',') + 1), 'base64'));
  return `   with a picture: ${picture.alt}\n   which stays in ${path}\n`;
}

export function indented(text: string): string {
  return `${text.trimEnd().replaceAll(/^(?=.)/gm, '   | ')}\n`;
}
