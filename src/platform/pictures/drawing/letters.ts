import type { Written } from '../../../core/chart/picture/drawing.ts';
import inter from './letters/inter.json' with { type: 'json' };
import type { Outline, Point } from './outline.ts';

/** Of one weight of a font, in units of which `size` are as high as letters are set. */
interface Font {
  readonly size: number;
  /** From a letter to the next. */
  readonly wide: Readonly<Record<string, number>>;
  /** Steps as SVG has them: `M x y`, `L x y`, `Q x y x y`. */
  readonly outlines: Readonly<Record<string, string>>;
}

const FONTS: Readonly<Record<'regular' | 'bold', Font>> = inter;

/** The outline of each letter of a line; what is no letter of ASCII is a question mark. */
export function outlinesOf({ text, x, y, look: { size, bold, at } }: Written): readonly Outline[] {
  const font = FONTS[bold === true ? 'bold' : 'regular'];
  const scale = size / font.size;
  const signs = [...text].map((sign) => (sign in font.wide ? sign : '?'));
  const all = signs.reduce((sum, sign) => sum + font.wide[sign]! * scale, 0);
  let left = x - (at === 'end' ? all : 0) - (at === 'middle' ? all / 2 : 0);
  return signs.map((sign) => {
    const outline = placed(font.outlines[sign]!, ([px, py]) => [left + px * scale, y + py * scale]);
    left += font.wide[sign]! * scale;
    return outline;
  });
}

/** An outline of straight lines alone. */
function placed(steps: string, place: (point: Point) => Point): Outline {
  const outline: Point[][] = [];
  for (const [, kind, numbers] of steps.matchAll(/([MLQ])([-\d ]+)/g)) {
    const [x1, y1, x2, y2] = numbers!.split(' ').map(Number);
    if (kind === 'M') outline.push([]);
    const line = outline.at(-1)!;
    const to = place(kind === 'Q' ? [x2!, y2!] : [x1!, y1!]);
    line.push(...(kind === 'Q' ? curve(line.at(-1)!, place([x1!, y1!]), to) : []), to);
  }
  return outline;
}

/** Straight lines in a curve: as large as letters are here, none is a tenth of a pixel beside it. */
const STEPS = 4;

/** Points on a curve between its first and its last, of which the second one draws it to itself. */
function curve([x0, y0]: Point, [x1, y1]: Point, [x2, y2]: Point): readonly Point[] {
  return Array.from({ length: STEPS - 1 }, (_, index): Point => {
    const t = (index + 1) / STEPS;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2];
  });
}
