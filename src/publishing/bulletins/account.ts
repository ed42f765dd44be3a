import { formatRial, rial } from '../../kit/rial.ts';
import type { Language, Say } from '../../platform/language.ts';
import { formatsOf } from '../format.ts';
import { isMoney, told } from './rules.ts';
import { figureText, piecesOf, plainText, saidAs } from './text.ts';
import type { Version } from './version.ts';

/** A version in words and digits as every form of it shows them: page, paper, feed and file. */
export type AccountText = {
  readonly headline: string;
  readonly lead: string;
  readonly paragraphs: readonly string[];
  readonly table: {
    readonly caption: string;
    readonly heads: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly total: readonly string[];
  };
  readonly chart: {
    readonly title: string;
    readonly bars: readonly {
      readonly label: string;
      readonly value: number;
      readonly text: string;
    }[];
  };
  readonly sumNote: string | undefined;
};

type Telling = { readonly say: Say; readonly language: Language };

/** A sentence that begins with a hedge in English begins with a capital all the same. */
const begun = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Says a version in its own language. Whatever shows a bulletin shows this, so that all of them agree. */
export function tell({ text, figures }: Version, telling: Telling): AccountText {
  const { say, language } = telling;
  const { by, parts, values } = figures;
  const read = (written: string) => begun(plainText(piecesOf(written, values, telling)));
  const row = (name: string, at: string) => [
    name,
    ...told.map((one) => cell(values, one, at, language)),
  ];
  const label = (measure: string) =>
    say(measure === 'rial_paid' ? 'bulletins.page.toman' : `bulletins.measures.${measure}`);
  const formats = formatsOf(language);
  return {
    ...{
      headline: read(text.headline),
      lead: read(text.lead),
      paragraphs: text.paragraphs.map(read),
    },
    table: {
      caption: say('bulletins.page.tableBy', { by }),
      heads: [say('bulletins.page.name', { by }), ...told.map(label)],
      rows: parts.map(({ id, label: name }) => row(name[language], `@${id}`)),
      total: row(say('bulletins.page.total'), ''),
    },
    chart: {
      title: say('bulletins.page.chart', { by }),
      bars: parts.flatMap(({ id, label: name }) => {
        const value = Number(values[`plans_funded@${id}`] ?? 0);
        return value > 0 ? [{ label: name[language], value, text: formats.count(value) }] : [];
      }),
    },
    sumNote: sumNote(figures, telling),
  };
}

function cell(values: Version['figures']['values'], name: string, at: string, language: Language) {
  const value = values[`${name}${at}`] ?? '0';
  const formats = formatsOf(language);
  return name === 'rial_paid' ? formats.millionToman(value) : formats.count(Number(value));
}

/** Where the rounded amounts of the parts do not add up to the true total, that is said. */
function sumNote({ values, parts }: Version['figures'], telling: Telling): string | undefined {
  const amounts = parts.map(({ id }) => BigInt(values[`rial_paid@${id}`] ?? '0'));
  const name = 'rial_paid';
  const rounded = amounts.map((amount) => saidAs({ form: 'near', name }, amount).value);
  const parted = rounded.reduce((sum, one) => sum + one, 0n);
  const whole = BigInt(values.rial_paid ?? '0');
  if (parts.length < 2 || parted === whole) return undefined;
  const text = (amount: bigint) => figureText({ form: 'exact', name }, amount, telling);
  return telling.say('bulletins.page.sumNote', { parts: text(parted), whole: text(whole) });
}

/** A changed figure before and after, exactly. */
export function exactText(name: string, value: string, language: Language): string {
  return isMoney(name)
    ? formatRial(rial(value), language)
    : formatsOf(language).count(Number(value));
}
