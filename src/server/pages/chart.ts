import type * as echarts from 'echarts/core';
import { PERIOD_MS } from '../../core/model/window.ts';
import type { WindowCount } from '../../core/ports/read-model.ts';

/** What is drawn. */
export interface ChartSeries {
  readonly windows: readonly (WindowCount | null)[];
  /** Start of the first window, epoch ms. */
  readonly from: number;
  readonly title: string;
  readonly width?: number;
  readonly height?: number;
}

/** Colours by which a sheet may find the parts; they serve where there is no sheet. */
const INK = {
  bar: '#3b6ea5',
  open: '#3b6fa5',
  gap: '#c9ced6',
  text: '#4c5563',
  line: '#d9dde3',
  axis: '#8b94a3',
} as const;
const CLASSES: Readonly<Record<string, string>> = {
  [INK.bar]: 'c-bar',
  [INK.open]: 'c-open',
  [INK.gap]: 'c-gap',
  [INK.text]: 'c-text',
  [INK.line]: 'c-line',
  [INK.axis]: 'c-axis',
};

/** A zero is this high, pixels, so that it is no hole. */
const ZERO_PX = 1.5;

/** Bars by windows as SVG text that needs no style of its own: it may stand in a page with a strict policy, or in a message. */
export async function chart(series: ChartSeries): Promise<string> {
  const { init } = await load();
  const { width = 1080, height = 260 } = series;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    drawing.setOption(optionOf(series));
    return cleaned(drawing.renderToSVGString(), series);
  } finally {
    drawing.dispose();
  }
}

/** NOTE: half a second, the first time: nobody but who looks at a filter pays for it. */
async function load(): Promise<Pick<typeof echarts, 'init'>> {
  const { init, use, BarChart, GridComponent, MarkAreaComponent, SVGRenderer } = await import('./chart-parts.ts');
  use([BarChart, GridComponent, MarkAreaComponent, SVGRenderer]);
  return { init };
}

function optionOf({ windows, from }: ChartSeries): Record<string, unknown> {
  const label = { color: INK.text, fontSize: 12, fontFamily: 'system-ui, sans-serif' };
  const middle = (index: number): number => from + (index + 0.5) * PERIOD_MS;
  const bars = (complete: boolean, itemStyle: object): object => ({
    type: 'bar',
    silent: false,
    emphasis: { disabled: true },
    cursor: 'default',
    barGap: '-100%',
    barWidth: '70%',
    barMinHeight: ZERO_PX,
    itemStyle,
    data: windows.map((it, index) => [middle(index), it?.complete === complete ? it.events : null]),
  });
  return {
    animation: false,
    grid: { left: 8, right: 12, top: 12, bottom: 8, outerBoundsMode: 'same' },
    xAxis: {
      type: 'time',
      min: from,
      max: from + windows.length * PERIOD_MS,
      axisLine: { lineStyle: { color: INK.axis } },
      axisTick: { lineStyle: { color: INK.axis } },
      axisLabel: { ...label, formatter: (at: number) => new Date(at).toISOString().slice(11, 16) },
    },
    yAxis: { type: 'value', minInterval: 1, min: 0, splitLine: { lineStyle: { color: INK.line } }, axisLabel: label },
    series: [
      {
        ...bars(true, { color: INK.bar }),
        markArea: {
          silent: true,
          itemStyle: { color: INK.gap, opacity: 0.6 },
          data: gapsOf(windows).map(([start, end]) => [
            { xAxis: from + start * PERIOD_MS },
            { xAxis: from + end * PERIOD_MS },
          ]),
        },
      },
      bars(false, { color: 'none', borderColor: INK.open, borderType: 'dashed', borderWidth: 1.2 }),
    ],
  };
}

/** First and last (not included) of each stretch of windows that were not counted. */
function gapsOf(windows: ChartSeries['windows']): readonly (readonly [number, number])[] {
  const ends = windows.flatMap((it, index) => (it === null && windows[index + 1] !== null ? [index + 1] : []));
  return ends.map((end) => [windows.slice(0, end).findLastIndex((it) => it !== null) + 1, end]);
}

/** Takes away what a strict policy refuses: sheets, style attributes; and gives each bar its words. */
function cleaned(svg: string, { windows, from, title }: ChartSeries): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ class="[^"]*"/g, '')
    .replace(/ ecmeta_series_index="\d+"/g, '')
    .replace(/ ecmeta_(?:ssr_type|silent)="\w+"/g, '')
    .replace(/ style="([^"]*)"/g, (_all, style: string) => attributesOf(style))
    .replace(/ stroke="[^"]*"([^>]*) stroke-width="0"/g, '$1')
    .replace(
      /<(?:path|polygon|text)[^>]*?(?: fill| stroke)="(#[0-9a-f]{6})"/g,
      (all, ink: string) => `${all}${CLASSES[ink] === undefined ? '' : ` data-ink="${CLASSES[ink]}"`}`,
    )
    .replace(
      /<path([^>]*?) ecmeta_data_index="(\d+)"([^>]*)><\/path>/g,
      (_all, before: string, index: string, after: string) =>
        `<path${before}${after}><title>${wordsOf(windows[Number(index)] ?? null, from + Number(index) * PERIOD_MS)}</title></path>`,
    )
    .replace(/ ecmeta_data_index="\d+"/g, '')
    .replace(/^<svg /, `<svg role="img" aria-label="${escape(title)}" `);
}

function wordsOf(it: WindowCount | null, start: number): string {
  const window = `${new Date(start).toISOString().slice(11, 16)}–${new Date(start + PERIOD_MS).toISOString().slice(11, 16)} UTC`;
  if (it === null) return `${window}: not counted`;
  return `${window}: ${it.complete ? '' : 'at least '}${it.events}${it.revision > 0 ? `, revision ${it.revision}` : ''}`;
}

const KEPT = new Set(['fill', 'stroke', 'opacity', 'font-size', 'font-family', 'font-weight']);

/** Those of a style's declarations that SVG also takes as attributes; the others are of no use without a pointer. */
function attributesOf(style: string): string {
  const pairs = style
    .replaceAll('&quot;', "'")
    .replace(/font: ?normal normal (\d+px) (.+)/, 'font-size:$1;font-family:$2')
    .split(';')
    .map((it) => it.split(':').map((part) => part.trim()));
  return pairs
    .filter(([name = '', value]) => KEPT.has(name) && value !== undefined)
    .map(([name, value]) => ` ${name!}="${value!}"`)
    .join('');
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[found]!);
}
