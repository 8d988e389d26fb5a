import { readFileSync, writeFileSync } from 'node:fs';

// npm runs this when it has changed node_modules. In JavaScript: it may be an old Node that does.
// npm compares each package's engines with the Node that runs npm, and warns: 35 lines with Node 20, though all that
// runs here runs with the Node 24 that npm installs. What the lock file does not say is not compared.
const FILE = 'package-lock.json';
const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const told = Object.entries(lock.packages).filter(([path, { engines }]) => path !== '' && engines !== undefined);
for (const [, entry] of told) delete entry.engines;
if (told.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, undefined, 2)}\n`);
