import { DAY_MS } from '../../core/model/window.ts';
import { commaList, type Format } from '../../config/formats.ts';
import type { Stage } from '../../core/ports/recounts.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000 };
const MAX_MS = DAY_MS;

/** `10m,1h,6h,23h`, rising, at most a day; `off` gives none. */
export const ages: Format<readonly string[]> = (text, show) => {
  if (text === 'off') return [];
  const found = commaList(age)(text, show);
  const falling = found.find((name, index) => index > 0 && stageOf(name).ms <= stageOf(found[index - 1]!).ms);
  if (falling !== undefined)
    throw new Error(
      `${show(falling)} comes after a longer or equal time; write the times rising, such as 10m,1h,6h,23h`,
    );
  return found;
};

const age: Format<string> = (text, show) => {
  const { ms } = stageOf(text);
  if (!(ms > 0)) throw new Error(`${show(text)} is no time; write minutes or hours, such as 10m,1h,6h,23h, or off`);
  if (ms > MAX_MS) throw new Error(`${show(text)} is more than a day; 24h is the longest`);
  return text;
};

/** NaN ms: it is no age. */
export function stageOf(name: string): Stage {
  const [, digits = '', unit = ''] = /^(\d{1,6})([mh])$/.exec(name) ?? [];
  return { name, ms: Number(digits) * (UNITS[unit] ?? Number.NaN) };
}
