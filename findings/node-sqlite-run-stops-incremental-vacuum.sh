#!/bin/sh
# node:sqlite (Node 24.21.0, SQLite 3.53.4): `run()` of `PRAGMA incremental_vacuum(N)` gives back one page, not N.
#
# SQLite gives back one page at each step of this statement and answers no rows, so it looks like one for `run()`.
# `run()` takes a single step and resets the statement. `all()` and `exec()` step to the end and free N pages. A service
# that frees its room "in small steps of 50 pages" by `run()` frees one page a step, and no error says so.
#
# Exits 0 while the behaviour is as described, non-zero when it changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module", "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0
cat > try.js <<'JS'
import { DatabaseSync } from 'node:sqlite';

const db = new DatabaseSync('pages.db');
db.exec('PRAGMA auto_vacuum = INCREMENTAL; CREATE TABLE blobs (bytes BLOB)');
const insert = db.prepare('INSERT INTO blobs VALUES (?)');
for (let n = 0; n < 400; n++) insert.run(Buffer.alloc(4000, n));
db.exec('DELETE FROM blobs');

const freePages = () => db.prepare('PRAGMA freelist_count').get().freelist_count;
const given = (vacuum) => {
  const before = freePages();
  vacuum();
  return before - freePages();
};
const statement = 'PRAGMA incremental_vacuum(50)';
const byRun = given(() => db.prepare(statement).run());
const byAll = given(() => db.prepare(statement).all());
const byExec = given(() => db.exec(statement));
console.log(`node ${process.version}, SQLite ${process.versions.sqlite}; asked to give back 50 pages each time`);
console.log(`run():  ${byRun}`);
console.log(`all():  ${byAll}`);
console.log(`exec(): ${byExec}`);
const asDescribed = byRun === 1 && byAll === 50 && byExec === 50;
console.log(asDescribed ? 'as described: run() gives back one page' : 'CHANGED: no longer as described');
process.exitCode = asDescribed ? 0 : 1;
JS
node_modules/.bin/node try.js
