/** One number, under its name and labels as Prometheus writes them: `name{a="x",b="y"}`. */
export type Series = ReadonlyMap<string, number>;

/** A page of metrics in the text format, read line by line. Throws for a line that is none. */
export function seriesIn(text: string): Series {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, labels = '', value] = /^([a-z_:][a-z0-9_:]*)(\{.*\})? (\S+)$/i.exec(line) ?? [];
    if (name === undefined) throw new Error(`no metric: ${line}`);
    const key = `${name}${labels}`;
    if (found.has(key)) throw new Error(`twice: ${key}`);
    found.set(key, Number(value === 'Nan' ? NaN : value));
  }
  return found;
}

/** Ours alone; those of node and the process are prom-client's. */
export function ownSeries(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...seriesIn(text)]
      .filter(([name]) => name.startsWith('sentry_monitor_'))
      .map(([name, value]) => [name.slice('sentry_monitor_'.length), value]),
  );
}

/** Without zeros and buckets: what was counted. */
export function counted(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(ownSeries(text)).filter(([name, value]) => value !== 0 && !name.includes('_bucket')),
  );
}
