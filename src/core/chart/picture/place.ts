/**
 * Where the parts of a picture lie, pixels. It is twice as large as it is shown on a screen, and is shown in half of
 * that on a telephone: so letters are large, and each bar is a whole number of pixels wide.
 */
export const PLACE = {
  width: 1200,
  height: 648,
  /** Left and right of what stands alone. */
  edge: 28,
  /** Of the bars. */
  left: 132,
  right: 1140,
  top: 158,
  bottom: 510,
} as const;

/** Most bars: each takes six pixels then, and one of them is left free. */
export const MOST_BARS = 168;

/** On a ground of its own, whatever stands around it is light or dark. */
export const INK = {
  ground: '#ffffff',
  edge: '#d0d5dc',
  text: '#1c1f23',
  soft: '#4c5563',
  line: '#e3e6ea',
  axis: '#8b94a3',
  bar: '#2f6db5',
  gap: '#eceef1',
  hatch: '#a3abb8',
} as const;

export const FONT = 'Inter';

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Parts that an element is made of: `text('a', { x: 1 })`. */
export type Look = Readonly<Record<string, string | number>>;

/** Left, top, width, height. */
export type Box = readonly [number, number, number, number];

export function rect([x, y, width, height]: Box, look: Look): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}"${attributes(look)}/>`;
}

export function text(said: string, x: number, y: number, look: Look): string {
  return `<text x="${x}" y="${y}"${attributes(look)}>${escaped(said)}</text>`;
}

export function attributes(look: Look): string {
  return Object.entries(look)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}
