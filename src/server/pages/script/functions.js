/**
 * What runs in a browser. For the rest of the program these are functions without types, because types of a browser
 * and of Node do not go together: functions.d.ts says so.
 */
import { addressAsked } from './browser/asked.ts';
import { keepChart } from './browser/chart.ts';
import { meantBy } from './browser/chart-keys.ts';
import { listenTo } from './browser/chart-listen.ts';
import { openSaid } from './browser/chart-said.ts';
import { slotsIn } from './browser/chart-slots.ts';
import { rememberFocus } from './browser/focus.ts';
import { openLoader } from './browser/loader.ts';
import { openNavigation, settleAt } from './browser/navigation.ts';
import { keepTyped, rememberPlace } from './browser/place.ts';
import { openRefresh } from './browser/refresh.ts';
import { openSmallCharts } from './browser/small-charts.ts';
import { openSwap } from './browser/swap.ts';
import { openTimes } from './browser/times.ts';

export { start } from './browser/start.ts';

export const FUNCTIONS = {
  addressAsked,
  keepChart,
  keepTyped,
  listenTo,
  meantBy,
  openLoader,
  openNavigation,
  openRefresh,
  openSaid,
  openSmallCharts,
  openSwap,
  openTimes,
  rememberFocus,
  rememberPlace,
  settleAt,
  slotsIn,
};
