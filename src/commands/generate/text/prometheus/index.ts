import type { Target } from '../target.ts';
import { grafanaDashboard } from './grafana-dashboard.ts';
import { prometheusRules } from './rules.ts';

export const rules: Target = { make: ({ notes }) => prometheusRules(notes) };

export const grafana: Target = { make: ({ notes }) => grafanaDashboard(notes) };
