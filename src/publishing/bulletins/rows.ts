import type { Visit } from '../layout.ts';
import { exactText } from './account.ts';
import type { Version } from './version.ts';

/** What changed from the version before: what, as it was, as it is; in words and digits. */
export function changeRows(visit: Visit, { changes, figures }: Version): string[][] {
  const { say, formats, language } = visit;
  const labels = new Map(figures.parts.map(({ id, label }) => [id, label[language]]));
  const nameOf = (name: string) => {
    const [measure = '', part] = name.split('@');
    const label = say(`bulletins.measures.${measure}`);
    return part === undefined ? label : `${label}: ${labels.get(part) ?? part}`;
  };
  const partName = (part: string) =>
    part.startsWith('paragraph')
      ? say('bulletins.page.parts.paragraph', { number: formats.count(Number(part.slice(9))) })
      : say(`bulletins.page.parts.${part}`);
  return [
    ...changes.figures.map(({ name, before, after }) => [
      nameOf(name),
      exactText(name, before, language),
      exactText(name, after, language),
    ]),
    ...changes.text.map(({ part, before, after }) => [partName(part), before, after]),
  ];
}

/** The ways round a visit, as page and paper list them. */
export function annexRows({ say, formats, language }: Visit, { figures }: Version) {
  const { overrides, labels, parts } = figures;
  const nameOf = (agency: string) =>
    (labels[agency] ?? parts.find(({ id }) => id === agency)?.label)?.[language] ?? agency;
  const heads = ['tranche', 'decidedOn', 'paidOn', 'asked', 'decided'];
  return {
    title: say('bulletins.page.annex'),
    none: say('bulletins.page.annexNone'),
    heads: [
      say('bulletins.page.name', { by: 'agency' }),
      ...heads.map((head) => say(`bulletins.page.${head}`)),
    ],
    rows: overrides.map((one) => [
      ...[nameOf(one.agency), formats.count(one.tranche), formats.day(one.decidedOn, 'short')],
      one.paidOn === null ? say('bulletins.page.notPaid') : formats.day(one.paidOn, 'short'),
      ...[one.reason, one.decidedReason],
    ]),
  };
}
