import { encodeCode } from '../../kit/code.ts';
import type { Language, Say } from '../../platform/language.ts';
import { tell } from './account.ts';
import { told } from './rules.ts';
import type { Version } from './version.ts';

type Sayers = Readonly<Record<Language, Say>>;

/** The public address of a bulletin, of its newest version or of a certain one. */
export function bulletinPath({ number }: { number: string }, version?: number, as = ''): string {
  const query = version === undefined ? '' : `?version=${version}`;
  return `/bulletins/${number}${as}${query}`;
}

/** A version for programs: words, exact figures, the table to recompute, what changed, and how to check it. */
export function bulletinJson(version: Version, sayers: Sayers, versions: readonly Version[]) {
  const { bulletin, figures } = version;
  const { language, provinceId, id } = bulletin;
  const account = tell(version, { say: sayers[language], language });
  return {
    ...{ number: bulletin.number, code: encodeCode(provinceId, id), version: version.version },
    ...{ language, demonstration: version.demonstration },
    period: { from: bulletin.from, to: bulletin.to },
    scope: {
      province: String(provinceId).padStart(2, '0'),
      agency: bulletin.agencyId,
      county: bulletin.countyId === null ? null : String(bulletin.countyId).padStart(4, '0'),
    },
    as_of: version.asOf.toISOString(),
    public_from: version.publicFrom.toISOString(),
    ...{ headline: account.headline, lead: account.lead, paragraphs: account.paragraphs },
    ...{ text: version.text, figures: figures.values, table: figures.cells },
    ...{ annex: figures.overrides, reason: version.reason, changes: version.changes },
    versions: versions.map((one) => one.version),
    ...{ root: version.root, hash: version.hash },
  };
}

const lines = (rows: readonly (readonly string[])[]) =>
  `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;

/** A cell that no spreadsheet takes for a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The exact figures: one line for the whole and one for each part; amounts in rial. */
export function figuresCsv({ figures, bulletin }: Version, say: Say): string {
  const { language } = bulletin;
  const row = (id: string, label: string, at: string) => [
    ...[id, label],
    ...told.map((name) => figures.values[`${name}${at}`] ?? '0'),
  ];
  return lines([
    ['key', 'name', ...told],
    row('', say('bulletins.page.total'), ''),
    ...figures.parts.map(({ id, label }) => row(id, label[language], `@${id}`)),
  ]);
}

/** The table that anybody adds up again: by agency and county, small counties together. */
export function tableCsv({ figures, bulletin }: Version, say: Say): string {
  const { language } = bulletin;
  const name = (key: string) => figures.labels[key]?.[language] ?? key;
  return lines([
    ['agency', 'agency_name', 'county', 'county_name', ...told],
    ...figures.cells.map(({ agency, county, values }) => [
      ...[agency, name(agency), county ?? '*'],
      county === null ? say('bulletins.page.others') : name(county),
      ...told.map((measure) => values[measure]),
    ]),
  ]);
}
