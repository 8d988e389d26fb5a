import { isRecord } from '../http/message.ts';

export type SampleFault = { readonly code: number; readonly description: string };

const KEY_LIMIT = 50;
const VALUE_LIMIT = 150;
const PROPERTY_LIMIT = 20;
const TAG_LIMIT = 40;
const HOUR_SECONDS = 3600;

/** The first thing wrong with a sample, by the vendor's codes; `now` in epoch milliseconds. */
export function judgeSample(sample: unknown, now: number): SampleFault | undefined {
  if (!isRecord(sample)) return fault(1001, 'JSON parsing error');
  return (
    propertiesFault(sample['properties']) ??
    tagsFault(sample['tags']) ??
    timeFault(sample['timestamp'], now) ??
    valueFault(sample)
  );
}

function fault(code: number, description: string): SampleFault {
  return { code, description };
}

function propertiesFault(properties: unknown): SampleFault | undefined {
  if (!isRecord(properties) || Object.keys(properties).length === 0) return fault(2004, 'No properties');
  const entries = Object.entries(properties);
  if (entries.length > PROPERTY_LIMIT) return fault(2005, 'Too many properties');
  for (const [key, value] of entries) {
    const found = keyFault(key) ?? propertyFault(value);
    if (found !== undefined) return found;
  }
  if (properties['what'] === undefined) return fault(2012, 'Property what is undefined');
  const target = properties['target_type'] ?? 'gauge';
  return target === 'gauge' || target === 'counter' ? undefined : fault(2030, 'Invalid target type');
}

function keyFault(key: string): SampleFault | undefined {
  if (key === '') return fault(2006, 'Empty property key');
  if (key.length > KEY_LIMIT) return fault(2007, 'Property key too long');
  return isClean(key) ? undefined : fault(2010, `Illegal characters in property key: ${key}`);
}

function propertyFault(value: unknown): SampleFault | undefined {
  if (value === '' || value === null) return fault(2008, 'Empty property value');
  if (typeof value !== 'string') return fault(2011, 'Property value is not a text');
  if (value.length > VALUE_LIMIT) return fault(2009, 'Property value too long');
  return isClean(value) ? undefined : fault(2011, `Illegal characters in property value: ${value}`);
}

/** Printable ASCII without `.`, `=` and blanks: the stricter of the sources. */
function isClean(text: string): boolean {
  return /^[!-~]+$/.test(text) && !/[.=]/.test(text);
}

/** Arrays of texts, and plain texts as one vendor client sends them. The codes 2014 to 2019 are in the list's order. */
function tagsFault(tags: unknown): SampleFault | undefined {
  if (tags === undefined) return undefined;
  if (!isRecord(tags)) return fault(1001, 'JSON parsing error');
  const entries = Object.entries(tags);
  if (entries.length > TAG_LIMIT) return fault(2013, 'Too many tags');
  for (const [key, value] of entries) {
    if (key === '') return fault(2014, 'Empty tag key');
    if (key.length > KEY_LIMIT) return fault(2015, 'Tag key too long');
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.some((one) => typeof one !== 'string' || one === '')) return fault(2016, 'Empty tag value');
    if (values.some((one) => String(one).length > VALUE_LIMIT)) return fault(2017, 'Tag value too long');
    if (!isClean(key)) return fault(2018, 'Illegal characters in tag key');
    if (!values.every((one) => isClean(String(one)))) return fault(2019, 'Illegal characters in tag value');
  }
  return undefined;
}

/** Whole epoch seconds, at most an hour ahead: milliseconds are far in the future. */
function timeFault(timestamp: unknown, now: number): SampleFault | undefined {
  if (timestamp === undefined || timestamp === null) return fault(2020, 'Timestamp is missing');
  if (typeof timestamp !== 'number' || !Number.isInteger(timestamp))
    return fault(2021, 'Timestamp is not a valid epoch');
  if (timestamp < 0) return fault(2023, 'Timestamp is negative');
  return timestamp > now / 1000 + HOUR_SECONDS ? fault(2022, 'Timestamp is in the future') : undefined;
}

function valueFault(sample: Record<string, unknown>): SampleFault | undefined {
  const { value } = sample;
  if (value === undefined || value === null) return fault(2024, 'Value is undefined');
  if (typeof value !== 'number') return fault(2025, 'Value is not a number');
  return Number.isFinite(value) ? undefined : fault(2026, 'Value is NaN or infinite');
}
