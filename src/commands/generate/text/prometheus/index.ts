import { conditionsOf } from '../conditions/index.ts';
import type { Target } from '../target.ts';
import { grafanaDashboard } from './grafana-dashboard.ts';
import { prometheusRules } from './rules.ts';

export const rules: Target = {
  make: ({ filters, notes }) => ({ texts: [prometheusRules(conditionsOf(filters), notes)] }),
};

export const grafana: Target = { make: ({ notes }) => ({ texts: [grafanaDashboard(notes)] }) };
