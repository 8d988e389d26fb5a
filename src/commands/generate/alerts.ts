import { generator } from './output.ts';
import * as newrelic from './text/newrelic/index.ts';
import * as prometheus from './text/prometheus/index.ts';

/** Alerts made from the filters file. A vendor's folder in text/ has what they are. */
export const alerts = generator('alerts', 'alerts for newrelic (Terraform), or of the runs for prometheus', {
  newrelic: newrelic.alerts,
  prometheus: prometheus.rules,
});
