import { newrelicAlerts } from '../../generate/newrelic-alerts.ts';
import { generator } from './output.ts';

/** Alerts made from the filters file. */
export const alerts = generator('alerts', 'alerts for newrelic (Terraform), made from the filters; --check FILE compares', {
  newrelic: { sink: 'newrelic', make: ({ filters, notes }) => newrelicAlerts(filters, notes) },
});
