'use strict';

// Preload of a real process (node -r): what ends it breaks, inside the program's own functions.

const { Server } = require('node:http');

Server.prototype.close = function close() {
  throw new TypeError('close-marker');
};
