import { oneOf, secretUrl, text } from '../../config/formats.ts';
import type { Setting } from '../../config/schema.ts';
import { DATE_FORMS, type DateForm } from '../../core/model/people/sheet.ts';
import { askable } from '../vendors/asked/askable.ts';
import { type Place, place } from '../vendors/feeds/place.ts';

/** Where a sheet is, as a file of settings may say it. */
export function placeSetting(kind: string): Setting<Place> {
  const doc = `Where it is, as ${kind.toUpperCase()}`;
  return { doc, format: place, default: null, env: `sheets.${kind}`, key: kind };
}

export function secretSetting(kind: string): Setting<string> {
  const key = `${kind}-secret`;
  const doc = `Address of a sheet, as ${kind.toUpperCase()}, that nobody else may know`;
  return { doc, format: askable(secretUrl), default: null, sensitive: true, env: `sheets.${key}`, key };
}

/** `vendor`: the key that says what it is. */
export function datesSetting(vendor: string): Setting<DateForm> {
  return {
    doc: 'How days are written in its cells: d the day, m the month, y the year',
    format: oneOf(...DATE_FORMS),
    default: 'y-m-d',
    ...{ env: `sheets.${vendor}.dates`, key: 'dates' },
  };
}

export function tabSetting(vendor: string): Setting<string | undefined> {
  return {
    doc: 'Name of the tab that holds it; else the first that is shown',
    format: text(/^[^\u0000-\u001f]{1,100}$/, 'a name of at most 100 letters'),
    default: null,
    ...{ optional: true, env: `sheets.${vendor}.tab`, key: 'tab' },
  };
}
