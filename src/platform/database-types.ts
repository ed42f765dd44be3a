import pg from 'pg';

const { builtins } = pg.types;
const int8Array = 1016;
const dateArray = 1182;

/**
 * How PostgreSQL's values become JavaScript's: int8 a bigint (money is rial), date an ISO string
 * (a Date would shift it by the machine's zone), numeric a string, timestamptz a Date.
 */
export const parsers: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary');
    switch (oid as number) {
      case builtins.INT8:
        return (text: string) => BigInt(text);
      case builtins.DATE:
      case builtins.NUMERIC:
        return (text: string) => text;
      case int8Array:
        return (text: string) => parseArray(text, BigInt);
      case dateArray:
        return (text: string) => parseArray(text, String);
      default:
        return pg.types.getTypeParser(oid, 'text');
    }
  },
};

/** One-dimensional arrays of values that hold no comma, quote or brace. */
function parseArray<T>(text: string, parse: (item: string) => T): (T | null)[] {
  const inner = text.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((item) => (item === 'NULL' ? null : parse(item)));
}
