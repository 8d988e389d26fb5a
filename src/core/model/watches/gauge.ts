/** Numbers of a watch at an instant, for sinks. */
export interface Gauge {
  readonly watch: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When it was looked at, epoch ms. */
  readonly at: number;
  /** Length of the interval, ms. */
  readonly everyMs: number;
  /** Null: the value is no number. */
  readonly value: number | null;
  /** Other numbers of the same look, by name. */
  readonly more: Readonly<Record<string, number>>;
}
