/** An exception as a title is made of: `type: value`. */
export type Fault = { readonly type: string; readonly value: string };

/** Texts that break careless programs. The first cast members get them. */
export const HOSTILE: readonly Fault[] = [
  { type: 'TypeError', value: 'Cannot read properties of undefined (reading "price")' },
  { type: 'Error', value: '<script>alert("cart")</script> & <b>bold</b>' },
  { type: 'ValidationError', value: '🛒 basket is empty 👩‍👩‍👧 — naïve café Ünïcödé 日本語' },
  { type: 'RangeError', value: '\u202Etxet tfel-ot-thgir \u0627\u0644\u062F\u0641\u0639 \u0641\u0634\u0644\u202C' },
  { type: 'Error', value: "it's a \"quoted\" 'thing' with `ticks`" },
  { type: 'QueryError', value: 'first line\nsecond line\twith tab\r\nand a third' },
  { type: 'PayloadError', value: `body too long: ${'lorem ipsum dolor sit amet '.repeat(200)}end` },
  { type: 'SqlError', value: "SELECT * FROM orders WHERE name LIKE '%a_b%' AND x = 100%" },
  { type: 'IOError', value: 'cannot open C:\\temp\\new\\file.txt' },
  { type: 'DecodeError', value: 'half an emoji \uD83D and the other \uDC69 half' },
  { type: 'Error', value: 'nul \u0000 bell \u0007 escape \u001B[31mred\u001B[0m' },
  { type: 'Error', value: '{"json":"inside","n":[1,2]} ${jndi:ldap://example.com} {{7*7}}' },
  { type: 'Error', value: '=HYPERLINK("http://example.com","click") ,;|' },
  { type: 'Error', value: '   ' },
];

export const ERROR_TYPES: readonly string[] = [
  'TypeError',
  'Error',
  'TimeoutError',
  'ValidationError',
  'ConnectionError',
  'KeyError',
  'RangeError',
  'PermissionError',
  'NotFoundError',
  'AssertionError',
];

export const SUBJECTS: readonly string[] = [
  'checkout',
  'payment',
  'login',
  'basket',
  'search',
  'invoice',
  'profile',
  'upload',
  'webhook',
  'export',
  'session',
  'catalogue',
  'discount',
  'shipment',
];

export const COMPLAINTS: readonly string[] = [
  'timed out',
  'connection reset by peer',
  'is not a function',
  'returned status 500',
  'was declined',
  'failed health check',
  'not found',
  'exceeded its quota',
  'has expired',
  'is locked',
  'could not be parsed',
  'already exists',
];

export const CULPRITS: readonly string[] = [
  'app/checkout.pay',
  'app/basket.add',
  'api/orders.list',
  'api/login.post',
  'worker/jobs.run',
  'mobile/Screen.render',
  'lib/http.request',
  'Object.fetch(index)',
];

export const FILES: readonly string[] = [
  'checkout.js',
  'basket.ts',
  'orders.py',
  'login.py',
  'jobs.rb',
  'Screen.kt',
  'http.ts',
  'index.js',
];

export const FUNCTIONS: readonly string[] = ['pay', 'add', 'list', 'post', 'run', 'render', 'request', 'fetch'];
