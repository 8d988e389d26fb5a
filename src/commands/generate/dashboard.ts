import { generator } from './output.ts';
import { grafanaDashboard } from './text/grafana-dashboard.ts';
import { newrelicDashboard } from './text/newrelic-dashboard.ts';

/** Dashboards made from the filters file. */
export const dashboard = generator(
  'dashboard',
  'a dashboard for newrelic, or of the runs for grafana; --check FILE compares',
  {
    newrelic: {
      sink: 'newrelic',
      account: true,
      make: ({ filters, account, notes }) => newrelicDashboard(filters, { account, notes }),
    },
    grafana: { make: ({ notes }) => grafanaDashboard(notes) },
  },
);
