import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import pixelmatch from 'pixelmatch';
import { ROOT } from '../process/processes.ts';

/** How pages looked when somebody last looked at them and said yes. */
export const SNAPSHOTS = join(ROOT, 'test/e2e/snapshots');

/**
 * Tolerance. A pixel differs by more than a tenth of the way from black to white (smoothed edges aside), and in no
 * square of 50 by 50 pixels may more than 25 of them differ: less than one letter.
 */
const SQUARE = 50;
const MOST = 25;
const PIXEL = 0.1;

/** Null: the picture looks as it did; else what differs, and where both can be looked at. */
export function differenceOf(name: string, picture: Uint8Array): string | null {
  const file = join(SNAPSHOTS, `${name}.png`);
  if (!existsSync(file)) return `${name}: no picture to compare with; \`npm run snapshots\` makes it`;
  const [before, now] = [decode(readFileSync(file)), decode(picture)];
  const { width, height } = before;
  const keep = join(tmpdir(), 'sentry-monitor-snapshots');
  mkdirSync(keep, { recursive: true });
  writeFileSync(join(keep, `${name}.png`), picture);
  const see = `see ${keep}/${name}*.png; where it is as it should be, \`npm run snapshots\` takes it over`;
  if (now.width !== width || now.height !== height)
    return `${name}: ${now.width} x ${now.height} pixels, was ${width} x ${height}; ${see}`;
  const channels = [before, now].map((png) => rgba(png.data as Uint8Array, png.channels)) as [Uint8Array, Uint8Array];
  const drawn = new Uint8Array(width * height * 4);
  const worst = pixelmatch(...channels, drawn, width, height, { threshold: PIXEL, windowSize: SQUARE });
  if (worst <= MOST) return null;
  writeFileSync(join(keep, `${name}-difference.png`), encode({ width, height, data: drawn, channels: 4 }));
  return `${name}: ${worst} pixels differ within a square of ${SQUARE}; ${see}`;
}

function rgba(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return data;
  const all = new Uint8Array((data.length / channels) * 4).fill(255);
  for (let at = 0, to = 0; at < data.length; at += channels, to += 4)
    for (let n = 0; n < 3; n++) all[to + n] = data[at + n]!;
  return all;
}
