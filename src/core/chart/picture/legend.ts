import type { Block } from '../blocks.ts';
import { gap, hollow } from './bars.ts';
import type { Box, Shape } from './drawing.ts';
import { INK, PLACE } from './place.ts';

const LOOK = { fill: INK.soft, size: 32 };
const Y = PLACE.height - 28;
/** Of a sample. */
const SIDE = 24;

interface Key {
  readonly said: string;
  readonly sign: (box: Box) => readonly Shape[];
}

const KEYS: Readonly<Record<'full' | 'open' | 'gap', Key>> = {
  full: { said: 'complete', sign: (box) => [{ box, fill: INK.bar }] },
  open: { said: '? at least so many', sign: (box) => hollow(box, 3) },
  gap: { said: 'not counted', sign: gap },
};
/** Pixels of a letter, on average. */
const LETTER = 17;

/** How to read it: of what it has not, no word. */
export function legendOf(blocks: readonly Block[]): readonly Shape[] {
  const hasOpen = blocks.some(({ events, complete }) => events !== null && !complete);
  const hasGap = blocks.some(({ events }) => events === null);
  if (!hasOpen && !hasGap) return [];
  const keys = [KEYS.full, ...(hasOpen ? [KEYS.open] : []), ...(hasGap ? [KEYS.gap] : [])];
  let x: number = PLACE.left;
  return keys.flatMap(({ said, sign }) => {
    const one = [...sign([x, Y - 22, SIDE, SIDE]), { text: said, x: x + 36, y: Y, look: LOOK }];
    x += 36 + said.length * LETTER + 36;
    return one;
  });
}
