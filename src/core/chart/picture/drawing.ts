/** A picture before it is one: shapes in pixels, each over those before it, on white. Plain data. */
export type Drawing = { readonly width: number; readonly height: number; readonly shapes: readonly Shape[] };

export type Shape = Filled | Written;

/** A rectangle of whole pixels. `fill`: `#2f6db5`. */
export type Filled = {
  readonly box: Box;
  readonly fill: string;
  /** Only slanted stripes of it. */
  readonly hatched?: true;
};

/** A line of letters that stands on `y`. */
export type Written = { readonly text: string; readonly x: number; readonly y: number; readonly look: Look };

export type Look = {
  readonly fill: string;
  /** Height of letters with all that they need above and below, pixels. */
  readonly size: number;
  readonly bold?: true;
  /** What of it stands at `x`. Absent: its start. */
  readonly at?: 'middle' | 'end';
};

/** Left, top, width, height. */
export type Box = readonly [number, number, number, number];
