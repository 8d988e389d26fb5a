import type prom from 'prom-client';

type Client = typeof prom;

/** What is shown of a registry, in a form that a reader asks for. */
export interface Exposition {
  readonly type: string;
  readonly text: string;
}

/** `text`: Prometheus's text format; `openmetrics`: OpenMetrics 1.0. The same series in both. */
export type Format = 'text' | 'openmetrics';

/** Once all metrics are registered. */
export function expositionOf(client: Client, registry: prom.Registry): (format: Format) => Promise<Exposition> {
  const open = openMetrics(client, registry);
  return async (format) =>
    format === 'text'
      ? { type: registry.contentType, text: await registry.metrics() }
      : { type: open.contentType, text: await open.metrics() };
}

type OpenRegistry = prom.Registry<prom.OpenMetricsContentType>;

/**
 * NOTE: a registry in this form renames the counters that it is given for good (OpenMetrics names a family without
 * `_total`), and the other one would show the new names. So it is given stand-ins.
 */
function openMetrics(client: Client, registry: prom.Registry): OpenRegistry {
  const open: OpenRegistry = new client.Registry();
  open.setContentType(client.Registry.OPENMETRICS_CONTENT_TYPE);
  for (const metric of registry.getMetricsAsArray() as unknown as readonly Shown[])
    open.registerMetric((metric.type === 'counter' ? standIn(metric) : metric) as unknown as prom.Metric);
  return open;
}

/** What a registry looks at. */
interface Shown {
  readonly name: string;
  readonly type: string;
  get(): Promise<object>;
}

function standIn(counter: Shown): Shown {
  const name = counter.name.replace(/_total$/, '');
  return { name, type: counter.type, get: async () => ({ ...(await counter.get()), name }) };
}
