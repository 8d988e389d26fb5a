import { generator } from './output.ts';
import { newrelicAlerts } from './text/newrelic-alerts.ts';
import { prometheusRules } from './text/prometheus-rules.ts';

/** Alerts made from the filters file. */
export const alerts = generator(
  'alerts',
  'alerts for newrelic (Terraform), or of the runs for prometheus; --check FILE compares',
  {
    newrelic: { sink: 'newrelic', make: ({ filters, notes }) => newrelicAlerts(filters, notes) },
    prometheus: { make: ({ notes }) => prometheusRules(notes) },
  },
);
