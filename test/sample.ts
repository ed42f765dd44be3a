import { randomUUID } from 'node:crypto';
import { encodeCode } from '../src/kit/code.ts';

/** What of JSON Schema the contracts use. */
export type Schema = {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
};

const formats: Readonly<Record<string, () => string>> = {
  uuid: () => randomUUID(),
  date: () => '2022-06-22',
  'date-time': () => '2022-06-22T08:00:00Z',
  binary: () => 'x',
};

/** Texts of the shapes that contracts ask for; the first that fits is taken. */
const shapes = [
  ...['1', '04', '0401', 'true', '00000000', 'a', 'x', '0'.repeat(64), 'A'.repeat(43)],
  ...['1401-01-01', '2022-06-22', '1401', '1401-01', 'before', `whsec_${'A'.repeat(44)}`, 'SMT'],
  ...['09141234567', '10000', '0000000', 'x'.repeat(8), 'x'.repeat(16)],
];

/**
 * A value that fits a schema: of an object what is required, of a choice the first, of a list what it must
 * have. Error when a pattern asks for a text of a shape that is not known here.
 */
export function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return sampleOf(choice.find(({ type }) => type !== 'null') ?? {});
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((one) => sampleOf(one) as object));
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties) return sampleObject(schema);
  if (type === 'array') {
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
  }
  if (type === 'string') return sampleText(schema);
  if (type === 'integer' || type === 'number') {
    return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
  }
  return type === 'boolean' ? false : type === 'null' ? null : {};
}

function sampleObject({ properties = {}, required = [] }: Schema): object {
  return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]));
}

function sampleText({ format, pattern, minLength = 0, maxLength = 1e6 }: Schema): string {
  const made = format ? formats[format]?.() : undefined;
  if (made !== undefined) return made;
  const fits = (text: string) =>
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text));
  const code = encodeCode(4, randomUUID());
  const found = [...shapes, code, 'x'.repeat(Math.max(minLength, 1))].find(fits);
  if (found === undefined) throw new Error(`No text here fits ${pattern}: add one to the shapes.`);
  return found;
}
