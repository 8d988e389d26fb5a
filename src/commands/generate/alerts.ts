import { newrelicAlerts } from '../../generate/newrelic-alerts.ts';
import { prometheusRules } from '../../generate/prometheus-rules.ts';
import { generator } from './output.ts';

/** Alerts made from the filters file. */
export const alerts = generator('alerts', 'alerts for newrelic (Terraform), or of the runs for prometheus; --check FILE compares', {
  newrelic: { sink: 'newrelic', make: ({ filters, notes }) => newrelicAlerts(filters, notes) },
  prometheus: { make: ({ notes }) => prometheusRules(notes) },
});
