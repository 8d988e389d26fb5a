import type { DateForm, LocalDay } from '../../model/people/sheet.ts';

const FORMS: Readonly<Record<DateForm, RegExp>> = {
  'y-m-d': /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  'd.m.y': /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4})$/,
  'd/m/y': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  'm/d/y': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
};

/** The day that a cell says; null: it says none in that form, nor as `2026-02-28`, which every form allows. */
export function dayIn(text: string, form: DateForm): LocalDay | null {
  const { year, month, day } = (FORMS[form].exec(text.trim()) ?? FORMS['y-m-d'].exec(text.trim()))?.groups ?? {};
  if (year === undefined || Number(year) < 1) return null;
  const at = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const said = new Date(at).toISOString().slice(0, -14);
  return said === `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` ? said : null;
}
