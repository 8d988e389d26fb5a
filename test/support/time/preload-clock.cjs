'use strict';

// Preload of a real process (node -r): Date.now() and new Date() are the real clock plus the number of milliseconds (an
// integer, may be negative) in the file that CLOCK_FILE names. The file is read at every call, so a test moves the
// clock by writing it anew (rename a finished file over it). All processes with the same file move together.
// Timers (setTimeout, sleep) and performance.now() stay real, and so does a database's own clock.

const { readFileSync } = require('node:fs');

const RealDate = Date;
const { CLOCK_FILE } = process.env;

function now() {
  return RealDate.now() + Number(readFileSync(CLOCK_FILE, 'utf8'));
}

class ShiftedDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(now());
    else super(...args);
  }

  static now() {
    return now();
  }
}

globalThis.Date = new Proxy(ShiftedDate, { apply: () => new ShiftedDate().toString() });
