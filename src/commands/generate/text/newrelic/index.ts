import { conditionsOf } from '../conditions/index.ts';
import type { Target } from '../target.ts';
import { newrelicAlerts } from './alerts.ts';
import { newrelicDashboards } from './dashboard.ts';
import { MOST } from './limits.ts';
import { tooManyConditions } from './policies.ts';

const sink = 'newrelic';

export const alerts: Target = {
  sink,
  make: ({ filters, notes }) => {
    const conditions = conditionsOf(filters);
    const refused = tooManyConditions(conditions);
    return refused === undefined ? { texts: [newrelicAlerts(conditions, notes)] } : { refused };
  },
};

export const dashboard: Target = {
  sink,
  account: { of: 'New Relic', env: 'NEW_RELIC_ACCOUNT_ID' },
  make: ({ filters, account, notes }) => ({
    texts: newrelicDashboards(filters, { account, notes }),
    several: `New Relic takes ${MOST.pages} pages in a dashboard`,
  }),
};
