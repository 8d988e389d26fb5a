import { type BaselineName, BASELINES } from '../core/model/reading.ts';
import { commaList, oneOf, wholeNumber } from './formats.ts';

/** What holds for every source: its rows at most, and the past that trends are judged by. */
export const MAX_ROWS_SETTING = {
  doc: 'Issues read per filter and window',
  format: wholeNumber(100, 100_000),
  default: 1000,
  env: 'MAX_ROWS',
} as const;

export const BASELINES_SETTING = {
  doc: 'What trends are compared with: 1h, 1d, 7d, or off',
  format: commaList(oneOf(...BASELINES, 'off')),
  default: [...BASELINES] as readonly (BaselineName | 'off')[],
  env: 'TREND_BASELINES',
};
