import { freshDatabase } from './test/support/ledger/postgres.ts';
const db = await freshDatabase();
console.log(db.url);
setInterval(() => {}, 1e6);
