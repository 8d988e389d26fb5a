import { BASE } from './base.ts';
import { CHART } from './chart.ts';
import { CONTROLS } from './controls.ts';
import { FACTS } from './facts.ts';
import { FILTER } from './filter.ts';
import { FILTERS } from './filters.ts';
import { FRAME } from './frame.ts';
import { ISSUES } from './issues/reported.ts';
import { STORED } from './issues/stored.ts';
import { NOTICE } from './notice.ts';
import { PRINT } from './print.ts';
import { SIGN } from './sign.ts';
import { TABLE } from './table.ts';
import { TAG } from './tag.ts';
import { ALERTS } from './people/alerts.ts';
import { MESSAGES } from './people/messages.ts';
import { STATUS } from './people/status.ts';
import { TOKENS } from './tokens.ts';
import { VERDICT } from './verdict.ts';

/** The sheet of all pages: one of its own for each component. What is on paper goes before all others. */
export const STYLE = [
  TOKENS,
  BASE,
  FRAME,
  VERDICT,
  SIGN,
  TAG,
  TABLE,
  NOTICE,
  CONTROLS,
  FILTERS,
  ISSUES,
  STORED,
  CHART,
  FACTS,
  FILTER,
  ALERTS,
  MESSAGES,
  STATUS,
  PRINT,
].join('');
