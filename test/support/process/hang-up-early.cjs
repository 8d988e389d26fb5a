'use strict';

// Preload of a real process (node -r): it gets SIGHUP at the moment in which its program begins to be loaded.

const { registerHooks } = require('node:module');

registerHooks({
  load(url, context, next) {
    if (/\/(src\/main\.ts|dist\/main\.js)$/.test(url)) {
      process.stderr.write('hung up early\n');
      process.kill(process.pid, 'SIGHUP');
    }
    return next(url, context);
  },
});
