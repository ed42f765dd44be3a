import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

let passwords: Promise<ReadonlySet<string>> | undefined;

/** The passwords that are used most often, in small letters; read from `src/accounts/data` when first asked. */
export function knownPasswords(): Promise<ReadonlySet<string>> {
  passwords ??= readFile(join(import.meta.dirname, 'data/known-passwords.txt'), 'utf8').then(
    (text) => new Set(text.split('\n').filter((line) => line !== '')),
  );
  return passwords;
}
