import type { Block } from '../blocks.ts';
import { attributes, INK, PLACE, rect, text } from './place.ts';

const SIZE = 32;
const Y = PLACE.height - 28;

interface Key {
  readonly said: string;
  /** A sample, 24 pixels wide, from `x` on. */
  sign(x: number): string;
}

const KEYS: Readonly<Record<'full' | 'open' | 'gap', Key>> = {
  full: { said: 'complete', sign: (x) => rect([x, Y - 22, 24, 24], { fill: INK.bar }) },
  open: {
    said: '? at least so many',
    sign: (x) => rect([x + 1.5, Y - 20.5, 21, 21], { fill: 'none', stroke: INK.bar, 'stroke-width': 3 }),
  },
  gap: {
    said: 'not counted',
    sign: (x) => rect([x, Y - 22, 24, 24], { fill: INK.gap }) + rect([x, Y - 22, 24, 24], { fill: 'url(#hatch)' }),
  },
};
/** Pixels of a letter, on average. */
const LETTER = 17;

/** How to read it: of what it has not, no word. */
export function legendOf(blocks: readonly Block[]): string {
  const hasOpen = blocks.some(({ events, complete }) => events !== null && !complete);
  const hasGap = blocks.some(({ events }) => events === null);
  if (!hasOpen && !hasGap) return '';
  const keys = [KEYS.full, ...(hasOpen ? [KEYS.open] : []), ...(hasGap ? [KEYS.gap] : [])];
  let x: number = PLACE.left;
  const drawn = keys.map(({ said, sign }) => {
    const one = sign(x) + text(said, x + 36, Y, {});
    x += 36 + said.length * LETTER + 36;
    return one;
  });
  return `<g${attributes({ fill: INK.soft, 'font-size': SIZE })}>${drawn.join('')}</g>`;
}
