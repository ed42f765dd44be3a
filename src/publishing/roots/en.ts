import type { RootWords } from './fa.ts';

const en: RootWords = {
  title: 'Roots of the record',
  lede: 'Every night one fingerprint of all cases is made and signed. Whoever keeps a copy of it can show whether anything in the record was touched afterwards.',
  caption: 'The newest roots',
  number: 'Number',
  of: 'Until',
  cases: 'Cases',
  hash: 'Root (SHA-256)',
  none: 'No root has been made yet. The first is made when today ends.',
  moment: '{day}, {time}',
  all: 'All roots with their signatures, to keep (JSON)',
  keyHeading: 'The signing key',
  key: 'Roots are signed with Ed25519. The public half of the key, in base64url:',
  checkHeading: 'How to check them',
  check:
    'In each line of the file, “statement” is what was signed: check the signature with the key above, and the SHA-256 of each line against “previous” of the next. The root printed in a bulletin must be the one found here.',
};
export default en;
