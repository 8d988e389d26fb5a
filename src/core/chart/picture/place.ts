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

/** On a ground of its own, which is white, whatever stands around it is light or dark. */
export const INK = {
  text: '#1c1f23',
  soft: '#4c5563',
  line: '#e3e6ea',
  axis: '#8b94a3',
  bar: '#2f6db5',
  gap: '#eceef1',
  hatch: '#a3abb8',
} as const;
