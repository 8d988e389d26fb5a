import type { EventInput } from '../../../sandbox/index.ts';
import { at } from '../support.ts';

/** Seven events, each made for some rule of the search. Search messages stand behind them. */
export const EVENTS: readonly EventInput[] = [
  // TypeError cannot read price cart.js addItem app/cart.add
  at(1, {
    id: 'e1',
    project: 'web',
    issue: 101,
    title: 'TypeError: cannot read price',
    culprit: 'app/cart.add',
    level: 'error',
    metadata: { type: 'TypeError', value: 'cannot read price', filename: 'cart.js', function: 'addItem' },
    release: 'web@1.4.2',
    environment: 'production',
    user: 'id:5',
    handled: false,
    tags: { 'browser.name': 'Chrome', level: 'vip' },
    stack: [{ filename: 'deep/vendor.js', function: 'boot' }],
  }),
  // Connection reset by peer Connection reset by peer
  at(2, {
    id: 'e2',
    project: 'web',
    issue: 102,
    title: 'Connection reset by peer',
    type: 'default',
    message: 'Connection reset by peer',
    metadata: { title: 'Connection reset by peer' },
    level: 'warning',
    release: 'web@1.4.3',
    environment: 'staging',
  }),
  // Error He said "no" api/login.post
  at(3, {
    id: 'e3',
    project: 'api',
    issue: 103,
    title: 'Error: He said "no"',
    metadata: { type: 'Error', value: 'He said "no"' },
    culprit: 'api/login.post',
    level: 'error',
    environment: 'production',
    user: 'ip:127.0.0.1',
    tags: { 'browser.name': 'Firefox', shard: '' },
  }),
  // SqlError SELECT * FROM orders api/orders.list
  at(4, {
    id: 'e4',
    project: 'api',
    issue: 103,
    title: 'SqlError: SELECT * FROM orders',
    metadata: { type: 'SqlError', value: 'SELECT * FROM orders' },
    culprit: 'api/orders.list',
    level: 'fatal',
    release: 'api@2.0',
    environment: 'production',
    user: 'id:5',
    tags: { tenant: 'acme corp' },
  }),
  // IOError cannot open C:\temp\new
  at(5, {
    id: 'e5',
    project: 'api',
    issue: 104,
    title: 'IOError: cannot open C:\\temp\\new',
    metadata: { type: 'IOError', value: 'cannot open C:\\temp\\new' },
    level: 'error',
    environment: 'production',
    tags: { shard: '3', 'geo.city': 'Linz' },
    fields: { 'geo.city': 'Graz', 'error.mechanism': ['generic', 'onerror'] },
    culprit: 'Über',
  }),
  // TimeoutError Checkout TIMED OUT (order) app/checkout.pay
  at(6, {
    id: 'e6',
    project: 'web',
    issue: 105,
    title: 'TimeoutError: Checkout TIMED OUT (order)',
    transaction: '/checkout',
    dist: '7',
    metadata: { type: 'TimeoutError', value: 'Checkout TIMED OUT (order)' },
    culprit: 'app/checkout.pay',
    level: 'error',
    environment: 'staging',
  }),
  // boom and order boom
  at(7, {
    id: 'e7',
    project: 'web',
    issue: null,
    title: 'boom',
    type: 'default',
    message: 'boom and order',
    metadata: { title: 'boom' },
    level: 'info',
  }),
];
