import type { JsonObject } from '../../../../core/model/item.ts';
import { cut } from '../words.ts';
import { PANELS, type Panel } from './panels.ts';

/** A dashboard to import: how the service itself fares, by its /metrics. `notes`: lines for the description. */
export function grafanaDashboard(notes: readonly string[]): string {
  const dashboard = {
    uid: 'sentry-monitor',
    title: 'Sentry monitor',
    tags: ['sentry-monitor'],
    description: cut(
      [
        'Made by sentry-monitor; make it anew instead of changing it.',
        'The counts of events are where they are sent to, not here.',
        ...notes,
      ].join(' '),
      DESCRIPTION,
    ),
    schemaVersion: 39,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    timezone: 'utc',
    time: { from: 'now-12h', to: 'now' },
    annotations: { list: [] },
    templating: { list: [datasource(), label('job', 'Job', ''), label('instance', 'Instance', '{job=~"$job"}')] },
    panels: panels(),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

/** Characters that still are read. */
const DESCRIPTION = 1024;

function datasource(): JsonObject {
  return { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' };
}

/** A variable with the values of a label: several may be chosen. Refreshed with the time range. */
function label(name: string, title: string, only: string): JsonObject {
  const query = `label_values(sentry_monitor_runs_total${only}, ${name})`;
  return {
    name,
    label: title,
    type: 'query',
    datasource: SOURCE,
    query: { query, refId: name },
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.+',
    current: { text: 'All', value: '$__all' },
  };
}

const SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Four numbers in a row, then two charts in each. */
function panels(): readonly JsonObject[] {
  const stats = PANELS.filter(({ type }) => type === 'stat').length;
  return PANELS.map((panel, index) => {
    const chart = index - stats;
    const gridPos =
      chart < 0
        ? { x: index * 6, y: 0, w: 6, h: 4 }
        : { x: (chart % 2) * 12, y: 4 + 8 * Math.floor(chart / 2), w: 12, h: 8 };
    return panelOf(panel, index + 1, gridPos);
  });
}

function panelOf(
  { title, type, unit, series, steps, interval, description }: Panel,
  id: number,
  gridPos: JsonObject,
): JsonObject {
  const targets = series.map(([expr, legendFormat], index) => ({
    refId: String.fromCharCode(65 + index),
    datasource: SOURCE,
    expr,
    legendFormat,
  }));
  return {
    id,
    title,
    description,
    type,
    datasource: SOURCE,
    ...(interval === undefined ? {} : { interval }),
    gridPos,
    fieldConfig: {
      defaults: { unit, min: 0, ...(steps === undefined ? {} : { thresholds: thresholds(steps) }) },
      overrides: [],
    },
    targets,
  };
}

function thresholds([yellow, red]: NonNullable<Panel['steps']>): JsonObject {
  const steps = [
    { color: 'green', value: null },
    { color: 'yellow', value: yellow },
    { color: 'red', value: red },
  ];
  return { mode: 'absolute', steps: steps.filter(({ color, value }) => color === 'green' || value !== null) };
}
