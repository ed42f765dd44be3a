import { compactKey } from '../../kit/persian-text.ts';
import { type FieldName, type RegisterKind, registerShapes } from './fields.ts';
import spellings from './headers.json' with { type: 'json' };
import { type AmountUnit, takeUnit } from './units.ts';

/** What one header cell could mean in a register of one kind. */
export interface HeaderMeaning {
  /** Fields it fits, in the order of preference of the kind; empty for an unknown header. */
  readonly fields: readonly FieldName[];
  /** The unit of money it states. */
  readonly unit: AmountUnit | undefined;
  /** A column of row numbers («ردیف») or of our own reasons, to be passed over. */
  readonly notData: boolean;
}

const NOT_DATA = new Set(spellings.not_data.map(headerKey));

/** Letters and digits only: headers differ in spaces, ZWNJ, colons, stars and slashes. */
function headerKey(text: string): string {
  return compactKey(text).replace(/[^\p{L}\p{N}#]+/gu, '');
}

const dictionaries = new Map<RegisterKind, Map<string, FieldName[]>>();

function dictionaryOf(kind: RegisterKind): Map<string, FieldName[]> {
  const known = dictionaries.get(kind);
  if (known) return known;
  const dictionary = new Map<string, FieldName[]>();
  for (const field of registerShapes[kind].fields) {
    // The field's own name is a spelling too: a sheet we wrote can be read.
    for (const key of new Set([field, ...spellings[field]].map(headerKey))) {
      dictionary.set(key, [...(dictionary.get(key) ?? []), field]);
    }
  }
  dictionaries.set(kind, dictionary);
  return dictionary;
}

/** Reads one header: as it is, without what stands in brackets, and without its unit of money. */
export function readHeader(kind: RegisterKind, header: string): HeaderMeaning {
  const dictionary = dictionaryOf(kind);
  const { text, unit } = takeUnit(header);
  const plain = header.replace(/[([{«][^)\]}»]*[)\]}»]/g, ' ');
  for (const spelling of [header, text, plain, takeUnit(plain).text]) {
    const fields = dictionary.get(headerKey(spelling));
    if (fields) return { fields, unit, notData: false };
  }
  return { fields: [], unit, notData: NOT_DATA.has(headerKey(header)) };
}
