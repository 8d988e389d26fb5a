import assert from 'node:assert/strict';
import { askYesOrNo } from '../../../src/commands/init/yes-or-no.ts';

describe('a question for yes or no', () => {
  for (const [typed, isYes, asked] of [
    [['yes'], true, 1],
    [['Y'], true, 1],
    [['No'], false, 1],
    [['n'], false, 1],
    [['1234567', 'a-secret-0123', 'yes'], true, 3],
  ] as const)
    it(`is asked ${asked} times for ${typed.join(', ')}, and says nothing of what is typed`, async () => {
      const [questions, said]: [unknown[], string[]] = [[], []];
      const asker = {
        ask: (...question: unknown[]) => Promise.resolve(typed[questions.push(question) - 1]!),
        askSecret: () => Promise.reject(new Error('asked for a secret')),
        close: () => undefined,
      };
      const question = { question: 'Send to it?', otherwise: 'no', next: 'the key is asked next' } as const;
      assert.equal(await askYesOrNo(question, { asker, say: (line) => said.push(line) }), isYes);
      assert.deepEqual(questions, Array(asked).fill(['Send to it?', 'no']));
      assert.deepEqual(said, Array(asked - 1).fill('   answer yes or no; the key is asked next'));
    });
});
