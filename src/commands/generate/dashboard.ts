import { newrelicDashboard } from '../../generate/newrelic-dashboard.ts';
import { generator } from './output.ts';

/** Dashboards made from the filters file. */
export const dashboard = generator('dashboard', 'a dashboard for newrelic, made from the filters; --check FILE compares', {
  newrelic: { sink: 'newrelic', make: ({ filters, account, notes }) => newrelicDashboard(filters, { account, notes }) },
});
