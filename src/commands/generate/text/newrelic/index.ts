import type { Target } from '../target.ts';
import { newrelicAlerts } from './alerts.ts';
import { newrelicDashboard } from './dashboard.ts';

const sink = 'newrelic';

export const alerts: Target = { sink, make: ({ filters, notes }) => newrelicAlerts(filters, notes) };

export const dashboard: Target = {
  sink,
  account: { of: 'New Relic', env: 'NEW_RELIC_ACCOUNT_ID' },
  make: ({ filters, account, notes }) => newrelicDashboard(filters, { account, notes }),
};
