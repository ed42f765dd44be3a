import { readFileSync } from 'node:fs';
import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { formatJalali, type IsoDate, isoToday } from '../../kit/jalali.ts';
import { toPersianDigits } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { formatRial, rial } from '../../kit/rial.ts';
import { paperPdf } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Say } from '../../platform/language.ts';
import type { Access } from '../access.ts';
import { monthDays, protectionsOf } from '../pay-rules.ts';
import { contractsOf, coverHead } from '../show-cover.ts';
import { linesOfMonth, type MonthLine, type MonthOfStatement } from './statement-lines.ts';

const contractSource = readFileSync(new URL('./contract.typ', import.meta.url), 'utf8');
const statementSource = readFileSync(new URL('./statement.typ', import.meta.url), 'utf8');

/** What papers are set with: Persian words, as the law's language is. */
export type PaperAround = {
  readonly reference: Reference;
  readonly say: Say;
  readonly now: Date;
};

const word = (name: string) => `supporterPapers.${name}`;
const day = (iso: string) => formatJalali(iso as IsoDate, 'fa', 'long');
const money = (amount: string | bigint) => formatRial(rial(amount), 'fa');

/** An amount with its unit, in Persian digits; the point becomes the Persian one. */
function amountIn(say: Say, amount: string, unit: string): string {
  const digits = toPersianDigits(amount).replace('.', '\u066b');
  return `${digits} ${say(`supporters.units.${unit}`)}`;
}

/**
 * A version of a three-party contract as PDF, A4, in Persian, with who signed it and when.
 * @throws Problem `platform.not_found` (404)
 */
export async function contractPdf(
  tx: Tx,
  { reference, say, now }: PaperAround,
  { provinceId, coverId }: Access,
  version: number | undefined,
): Promise<Buffer> {
  const head = await coverHead(tx, provinceId, coverId);
  const contracts = await contractsOf(tx, provinceId, coverId);
  const it = contracts.find((one) => version === undefined || one.version === version);
  if (!it) throw new Problem('platform.not_found');
  const agency = organisationLabel(reference, head.agencyId).label.fa;
  const number = toPersianDigits(String(it.version));
  const parties = [
    [say(word('supporter')), head.supporter, it.supporterSignedAt],
    [say(word('covered')), head.name, it.coveredSignedAt],
    [say(word('agency')), agency, it.agencySignedAt],
  ] as const;
  const paper = {
    title: say(word('contractTitle')),
    version: say(word('contractVersion'), { version: number, day: day(it.fromOn) }),
    demonstration: head.demonstration ? say(word('demonstration')) : null,
    ...{ partiesTitle: say(word('parties')), linesTitle: say(word('linesTitle')) },
    parties: parties.map(([party, name]) => [party, name]),
    columns: ['product', 'rate', 'promised'].map((name) => say(word(name))),
    lines: it.lines.map((line) => [
      line.product,
      `${money(line.rateRial)} / ${say(`supporters.units.${line.unit}`)}`,
      amountIn(say, line.promised, line.unit),
    ]),
    ...{ termsTitle: say(word('termsTitle')), terms: termsOf(say, it) },
    signaturesTitle: say(word('signaturesTitle')),
    signatures: parties.map(([party, name, at]) => ({ party, name, day: signedDay(say, at) })),
    digest: say(word('digest'), { digest: it.digest }),
  };
  return paperPdf(contractSource, paper, now);
}

function signedDay(say: Say, at: string | null): string {
  return at === null ? say(word('notSigned')) : day(isoToday(Date.parse(at)));
}

type Contract = Awaited<ReturnType<typeof contractsOf>>[number];

function termsOf(say: Say, it: Contract): string[] {
  const kinds = it.deductions.map((kind) => say(`supporters.deductions.${kind}`));
  const [share, listed] = [String(it.deductionLimitBp / 100), kinds.join(say(word('comma')))];
  const percent = toPersianDigits(share).replace('.', '\u066b');
  return [
    say(word('payTerm'), { days: toPersianDigits(String(it.payWithinDays)) }),
    kinds.length === 0
      ? say(word('noDeductTerm'))
      : say(word('deductTerm'), { kinds: listed, percent }),
    say(word('pieceTerm')),
  ];
}

/**
 * The statement of a person's month as PDF, A4, in Persian: every line, the sums, and what was checked.
 * @throws Problem `platform.not_found` (404)
 */
export async function statementPdf(
  tx: Tx,
  { say, now }: PaperAround,
  { provinceId, coverId }: Access,
  month: number,
): Promise<Buffer> {
  const head = await coverHead(tx, provinceId, coverId);
  const it = await linesOfMonth(tx, provinceId, coverId, month);
  const { earnedRial, deductedRial, paidRial } = it;
  const sums: readonly (readonly [string, bigint])[] = [
    ['earned', earnedRial],
    ['deducted', deductedRial],
    ['due', earnedRial - deductedRial],
    ['paid', paidRial],
    ['owed', earnedRial - deductedRial - paidRial],
  ];
  const { from } = monthDays(month);
  const name = monthName(from);
  const paper = {
    title: say(word('statementTitle')),
    of: say(word('statementOf'), { name: head.name, month: name }),
    demonstration: head.demonstration ? say(word('demonstration')) : null,
    columns: ['day', 'what', 'amount', 'sum'].map((one) => say(word(one))),
    rows: it.lines.map((line) => cellsOf(say, line)),
    sums: [
      [say(word('supporter')), head.supporter],
      ...sums.map(([one, amount]) => [say(word(one)), money(amount)]),
      [say(word('dueOn')), day(it.dueOn)],
    ],
    protectionsTitle: say(word('protectionsTitle')),
    protections: protections(say, it),
  };
  return paperPdf(statementSource, paper, now);
}

/** The month of a day in words: its date without the day. */
function monthName(first: IsoDate): string {
  return formatJalali(first, 'fa', 'long').split(' ').slice(1).join(' ');
}

function cellsOf(say: Say, line: MonthLine): string[] {
  const what =
    line.kind === 'deducted'
      ? say(`supporters.deductions.${line.what}`)
      : `${say(word(line.kind))}: ${line.what}`;
  const amount =
    line.amount === null || line.unit === null ? '' : amountIn(say, line.amount, line.unit);
  const { amountRial, kind } = line;
  const minus = (kind !== 'earned') === amountRial > 0n;
  const size = amountRial < 0n ? -amountRial : amountRial;
  return [
    formatJalali(line.happenedOn as IsoDate, 'fa', 'short'),
    what,
    amount,
    `${minus ? '\u2212' : ''}${money(size)}`,
  ];
}

function protections(say: Say, it: MonthOfStatement): string[][] {
  return protectionsOf(it.deliveries, it.deductions, it).map(({ id, met }) => [
    say(word(`protections.${id}`)),
    say(word(met ? 'met' : 'notMet')),
  ]);
}
