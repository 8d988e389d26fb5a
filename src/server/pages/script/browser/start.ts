import type { addressAsked } from './asked.ts';
import type { keepChart } from './chart.ts';
import type { meantBy } from './chart-keys.ts';
import type { listenTo } from './chart-listen.ts';
import type { openSaid } from './chart-said.ts';
import type { slotsIn } from './chart-slots.ts';
import type { rememberFocus } from './focus.ts';
import type { openLoader } from './loader.ts';
import type { openNavigation, settleAt } from './navigation.ts';
import type { keepTyped, rememberPlace } from './place.ts';
import type { openRefresh } from './refresh.ts';
import type { openSmallCharts } from './small-charts.ts';
import type { openSwap } from './swap.ts';
import type { openTimes } from './times.ts';

/** The functions of the script, by their names: none knows another but by these. */
export interface Functions {
  readonly addressAsked: typeof addressAsked;
  readonly keepChart: typeof keepChart;
  readonly keepTyped: typeof keepTyped;
  readonly listenTo: typeof listenTo;
  readonly meantBy: typeof meantBy;
  readonly openLoader: typeof openLoader;
  readonly openNavigation: typeof openNavigation;
  readonly openRefresh: typeof openRefresh;
  readonly openSaid: typeof openSaid;
  readonly openSmallCharts: typeof openSmallCharts;
  readonly openSwap: typeof openSwap;
  readonly openTimes: typeof openTimes;
  readonly rememberFocus: typeof rememberFocus;
  readonly rememberPlace: typeof rememberPlace;
  readonly settleAt: typeof settleAt;
  readonly slotsIn: typeof slotsIn;
}

/** Begins once the page is there. A page that says nothing that could grow old is left alone. */
export function start(functions: Functions): void {
  const main = document.getElementById('main');
  if (main === null || document.getElementById('made') === null) return;
  const times = functions.openTimes();
  const chart = functions.keepChart(main, times, functions);
  const isThere = (): void => {
    chart.take();
    times.tell();
  };
  const swap = functions.openSwap(main, isThere, functions);
  const loader = functions.openLoader();
  const refresh = functions.openRefresh(swap, loader, times);
  functions.openNavigation(main, { ...functions, swap, loader, refresh });
  functions.openSmallCharts(times);
}
