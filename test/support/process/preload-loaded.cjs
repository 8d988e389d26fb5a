'use strict';

// Preload of a real process (node -r): writes the name of every file that is loaded as a module into the file LOADED, and
// at the end those of Node's own.

const { appendFileSync } = require('node:fs');
const { registerHooks } = require('node:module');

const note = (text) => appendFileSync(process.env.LOADED, `${text}\n`);

registerHooks({
  load(url, context, next) {
    note(url);
    return next(url, context);
  },
});
process.on('exit', () => note(process.moduleLoadList.join('\n')));
