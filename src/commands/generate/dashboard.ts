import { generator } from './output.ts';
import * as newrelic from './text/newrelic/index.ts';
import * as prometheus from './text/prometheus/index.ts';

/** Dashboards made from the filters file. A vendor's folder in text/ has what they are. */
export const dashboard = generator('dashboard', 'a dashboard for newrelic, or of the runs for grafana', {
  newrelic: newrelic.dashboard,
  grafana: prometheus.grafana,
});
