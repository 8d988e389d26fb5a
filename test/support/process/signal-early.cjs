'use strict';

// Preload of a real process (node -r): it gets EARLY_SIGNAL at the moment in which its program begins to be loaded.

const { registerHooks } = require('node:module');

registerHooks({
  load(url, context, next) {
    if (/\/(src\/main\.ts|dist\/main\.js)$/.test(url)) {
      process.stderr.write(`early ${process.env.EARLY_SIGNAL}\n`);
      process.kill(process.pid, process.env.EARLY_SIGNAL);
    }
    return next(url, context);
  },
});
