import assert from 'node:assert/strict';
import { guardOf } from '../../../src/platform/http/addresses.ts';

describe('addresses of a webhook', () => {
  const guard = guardOf(['receiver', 'Hooks.Example.com']);

  for (const address of [
    '169.254.169.254',
    '169.254.0.1',
    '0.0.0.0',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'ff02::1',
    '::',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
  ]) {
    it(`${address} is refused, also where it is written and where its host is allowed`, () => {
      for (const host of [address.split('%')[0]!, 'hook.example.com', 'receiver', 'localhost'])
        assert.match(guard(address, host) ?? '', /^is link-local or reserved/);
    });
  }

  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fd12::1',
    '::ffff:10.1.2.3',
  ]) {
    it(`${address} is taken where it is written, and where the operator allows its host`, () => {
      for (const host of [address, 'localhost', 'a.localhost', 'receiver', 'RECEIVER', 'hooks.example.com'])
        assert.equal(guard(address, host), null, host);
      for (const host of ['hook.example.com', 'receiver.example.com', 'notlocalhost'])
        assert.match(guard(address, host) ?? '', new RegExp(`^is private; .* add ${host} to PRIVATE_HOSTS$`));
    });
  }

  for (const address of ['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '64:ff9b::5db8:d822'])
    it(`${address} is taken`, () => assert.equal(guard(address, 'hook.example.com'), null));
});
