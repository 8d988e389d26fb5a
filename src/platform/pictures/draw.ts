import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Said } from './remote.ts';

/** The thread that makes a picture: it has memory of its own, which ends with it. An edge of its own. */
const MODULE = new URL('../../../node_modules/@resvg/resvg-wasm/index_bg.wasm', import.meta.url);
const FONTS = [
  new URL('../../../node_modules/@fontsource/inter/files/inter-latin-400-normal.woff2', import.meta.url),
  new URL('../../../node_modules/@fontsource/inter/files/inter-latin-700-normal.woff2', import.meta.url),
];

const say = (said: Said): void => parentPort!.postMessage(said);
draw(workerData as string).then(
  (png) => say({ png }),
  (error: unknown) => say({ fault: String(error) }),
);

async function draw(svg: string): Promise<Uint8Array> {
  await initWasm(readFileSync(MODULE));
  const fontBuffers = FONTS.map((file) => readFileSync(file));
  const drawing = new Resvg(svg, { font: { fontBuffers, loadSystemFonts: false, defaultFontFamily: 'Inter' } });
  return Uint8Array.from(drawing.render().asPng());
}
