import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { macWith } from './signing-key.ts';

test('a seal is the HMAC that every other program makes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string(), (key, text) => {
      const ours = macWith(Buffer.from(key))(text);
      expect(ours).toEqual(createHmac('sha256', key).update(text).digest());
    }),
  );
});
