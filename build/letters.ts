import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import opentype, { type Font, type Glyph, type Path } from 'opentype.js';

/**
 * `node build/letters.ts` makes the letters of pictures out of a font: so that the service reads no fonts, which would
 * cost it 30 MB. Run it after another version of the font.
 */
const ROOT = join(import.meta.dirname, '..');
const FONT = join(ROOT, 'node_modules/@fontsource/inter');
const FOLDER = join(ROOT, 'src/platform/pictures/drawing/letters');
const WEIGHTS = { regular: 400, bold: 700 } as const;
/** What stands in pictures: names of digests and zones, times and numbers. */
const SIGNS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

if (import.meta.main) {
  writeFileSync(join(FOLDER, 'inter.json'), lettersText());
  writeFileSync(join(FOLDER, 'LICENSE.txt'), readFileSync(join(FONT, 'LICENSE'), 'utf8'));
}

/** The file, as it is to be. */
export function lettersText(): string {
  const weights = Object.entries(WEIGHTS).map(([name, weight]) => [name, lettersOf(fontOf(weight))]);
  return `${JSON.stringify(Object.fromEntries(weights), undefined, 2)}\n`;
}

function fontOf(weight: number): Font {
  const file = readFileSync(join(FONT, 'files', `inter-latin-${weight}-normal.woff`));
  return opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
}

/** Whole units, of which `size` are as high as a letter's size says; y grows downwards from the line they stand on. */
function lettersOf(font: Font): object {
  const glyphs = SIGNS.map((sign) => ({ sign, glyph: font.charToGlyph(sign) }));
  const size = font.unitsPerEm;
  const bySign = <T>(of: (glyph: Glyph) => T): Record<string, T> =>
    Object.fromEntries(glyphs.map(({ sign, glyph }) => [sign, of(glyph)]));
  const outlines = bySign((glyph) => outlineOf(glyph.getPath(0, 0, size)));
  return { size, wide: bySign(({ advanceWidth }) => advanceWidth), outlines };
}

/** `M x y`, `L x y` and `Q x y x y`, each a step of an outline, as SVG has them. */
function outlineOf({ commands }: Path): string {
  return commands
    .map((it) => {
      if (it.type === 'Z') return '';
      if (it.type === 'C') throw new Error('the font has cubic curves');
      const points = it.type === 'Q' ? [it.x1, it.y1, it.x, it.y] : [it.x, it.y];
      return `${it.type}${points.map(Math.round).join(' ')}`;
    })
    .join('');
}
