/** Where events of intakes are seen, and had as a file. */
export const EVENTS = '/events';
export const CSV = '/events.csv';
