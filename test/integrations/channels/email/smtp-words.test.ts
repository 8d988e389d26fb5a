import assert from 'node:assert/strict';
import { linkTo } from '../../../../src/integrations/channels/email/markup.ts';
import { outcomeOfSmtp, type SmtpTrouble } from '../../../../src/integrations/channels/email/smtp-outcome.ts';
import { serverAt } from '../../../../src/integrations/channels/email/smtp-url.ts';

describe('a mail server that does not take a mail', () => {
  const said = (error: SmtpTrouble, isOut = false) => {
    const outcome = outcomeOfSmtp(error, isOut, (text) => text.replaceAll('s3cret', '…'));
    return `${outcome.status} ${(outcome as { why?: string }).why}`;
  };

  it('says when its time was over, and whether the mail was out', () => {
    assert.equal(said({ code: 'EABORT' }), 'retry its time was over before the mail was out');
    assert.equal(said({ code: 'EABORT' }, true), 'uncertain no answer to the mail before its time was over');
    assert.equal(said({ code: 'ETIMEDOUT', timeoutType: 'greeting' }), 'retry no answer in time (greeting)');
    assert.equal(said({ code: 'ETIMEDOUT' }), 'retry no answer in time (ETIMEDOUT)');
    assert.equal(said({ code: 'ETIMEDOUT' }, true), 'uncertain no answer to the mail');
    assert.match(
      said({ code: 'ESOCKET', originalCode: 'ECONNRESET' }, true),
      /^uncertain the connection broke \(ECONNRESET\)/,
    );
  });

  it('says its answer, without secrets, or the number alone', () => {
    assert.match(said({ responseCode: 550, response: '550 no\n s3cret user' }), /^refused answered 550 no … user/);
    assert.match(said({ responseCode: 450 }), /^retry answered 450/);
    assert.match(said({}), /^retry .*unknown error/);
  });
});

describe('the address of a mail server', () => {
  it('with a % that begins no escape says so', () => {
    assert.throws(() => serverAt('smtp://ann:fifty%@mail.example.com'), {
      message: 'has a % in user or password that begins no escape; write it as %25',
    });
    assert.equal(serverAt('smtp://ann:fifty%25@mail.example.com').password, 'fifty%');
  });
});

describe('a link in a mail', () => {
  it('is the text alone where its address is none', () => {
    assert.match(linkTo('a < b', 'https://example.com/x'), /^<a href="https:\/\/example\.com\/x"[^>]*>a &lt; b<\/a>$/);
    for (const url of [null, 'javascript:x', 'https://exa mple.com']) assert.equal(linkTo('a < b', url), 'a &lt; b');
  });
});
