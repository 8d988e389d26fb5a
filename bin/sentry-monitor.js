#!/usr/bin/env node
import { run } from './run.js';

readDotenv();
await run('cli');

/** `.env` of the folder where the command is called; what is set already wins. */
function readDotenv() {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if (error.code === 'ENOENT') return;
    process.stderr.write(`sentry-monitor cannot start:\n  .env cannot be read: ${error.code ?? error.message}\n`);
    process.exit(1);
  }
}
