import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { DB } from '../../platform/database.ts';
import type { Language, Say } from '../../platform/language.ts';
import type { Figures, Subject } from './figures.ts';
import { bulletinNumber } from './rules.ts';
import { partsOf, piecesOf, plainText, type Text } from './text.ts';

/** A bulletin: its number, its language, and what it is about. */
export type Bulletin = Subject & {
  readonly id: string;
  readonly number: string;
  readonly language: Language;
};

/** What a version says that differs from the one before: figures by name, and parts of the text. */
export type Changes = {
  readonly figures: readonly { name: string; before: string; after: string }[];
  readonly text: readonly { part: string; before: string; after: string }[];
};

/** A published version, frozen. */
export type Version = {
  readonly bulletin: Bulletin;
  readonly version: number;
  readonly asOf: Date;
  readonly text: Text;
  readonly figures: Figures;
  readonly changes: Changes;
  readonly reason: string | null;
  readonly publicFrom: Date;
  readonly root: number;
  readonly hash: string;
  readonly demonstration: boolean;
};

/** A row of `bulletins` as the rest of the slice knows it. */
export function toBulletin(row: Selectable<DB['bulletins']>): Bulletin {
  return {
    ...{ id: row.id, provinceId: row.province_id, language: row.language === 'en' ? 'en' : 'fa' },
    ...{ from: String(row.from_on), to: String(row.to_on) },
    ...{ agencyId: row.agency_id, countyId: row.county_id },
    number: bulletinNumber(row.province_id, row.year, row.serial),
  };
}

/** A row of `bulletin_versions` with its bulletin's. */
export function toVersion(bulletin: Bulletin, row: Selectable<DB['bulletin_versions']>): Version {
  return {
    ...{ bulletin, version: row.version, asOf: row.as_of_at, reason: row.reason },
    ...{ text: row.text as unknown as Text, figures: row.figures as unknown as Figures },
    ...{ changes: row.changes as unknown as Changes, publicFrom: row.public_from_at },
    ...{ root: row.root_number, hash: row.hash.toString('hex'), demonstration: row.demonstration },
  };
}

/** What changed from one version to the next, as it was said and as it is said now. */
export function changesBetween(
  before: Pick<Version, 'text' | 'figures'> | undefined,
  after: Pick<Version, 'text' | 'figures'>,
  telling: { say: Say; language: Language },
): Changes {
  if (!before) return { figures: [], text: [] };
  const names = [...new Set([before, after].flatMap((one) => Object.keys(one.figures.values)))];
  const figures = names.flatMap((name) => {
    const [was, is] = [before.figures.values[name] ?? '0', after.figures.values[name] ?? '0'];
    return was === is ? [] : [{ name, before: was, after: is }];
  });
  const said = (one: typeof after) =>
    new Map(
      partsOf(one.text).map(([part, written]) => [
        part,
        plainText(piecesOf(written, one.figures.values, telling)),
      ]),
    );
  const [was, is] = [said(before), said(after)];
  const text = [...new Set([...was.keys(), ...is.keys()])].flatMap((part) => {
    const [old, fresh] = [was.get(part) ?? '', is.get(part) ?? ''];
    return old === fresh ? [] : [{ part, before: old, after: fresh }];
  });
  return { figures, text };
}

/** The hash of all that a version says, written down with sorted keys so that it is the same everywhere. */
export function versionHash(version: Omit<Version, 'hash'>): Buffer {
  const { bulletin, asOf, publicFrom, ...rest } = version;
  const { id: _, ...about } = bulletin;
  const moments = { asOf: asOf.toISOString(), publicFrom: publicFrom.toISOString() };
  return createHash('sha256')
    .update(JSON.stringify(sorted({ ...rest, ...moments, bulletin: about })))
    .digest();
}

/** Values with the keys of every object in order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
