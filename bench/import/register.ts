import { createWriteStream } from 'node:fs';
import { makeRandom, type Random } from '../../demo/random.ts';
import { readDemoRows, readProductRows } from '../../demo/reference.ts';
import { makeSpelling, type Spelling } from '../../demo/spelling.ts';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { addDays, type IsoDate } from '../../src/kit/jalali.ts';
import { type WrittenCell, writeWorkbook } from '../../src/platform/spreadsheet/index.ts';
import words from './register-words.json' with { type: 'json' };

/** West Azerbaijan, as in the demonstration. */
export const provinceId = 4;

/** Columns of the register. */
export const columns = words.header.length;

type Lists = {
  readonly given: readonly Readonly<Record<string, string>>[];
  readonly family: readonly string[];
  readonly counties: readonly string[];
  readonly occupations: readonly Readonly<Record<string, string>>[];
  readonly agencies: ReadonlyMap<string, string>;
};

function readLists(): Lists {
  const agencies = readProductRows('organisations').filter(({ kind }) => kind === 'agency');
  return {
    given: readDemoRows('given-names'),
    family: readDemoRows('family-names').map(({ fa }) => fa ?? ''),
    counties: readProductRows('counties')
      .filter(({ province_id }) => Number(province_id) === provinceId)
      .map(({ name_fa }) => name_fa ?? ''),
    occupations: readProductRows('occupations').filter(({ agency_id = '' }) =>
      ['SMT', 'AGRI', 'CULTURE', 'HERITAGE'].includes(agency_id),
    ),
    agencies: new Map(agencies.map(({ id = '', name_fa = '' }) => [id, name_fa])),
  };
}

function addressOf(lane: string, plate: number): string {
  return words.address.replace('{lane}', lane).replace('{plate}', String(plate));
}

/** A national ID of the n-th person; a hundred thousand serials fit under each prefix. */
function personId(n: number): string {
  return generateNationalId(String(274 + Math.floor(n / 900_000)), (n % 900_000) + 1);
}

function rowOf(lists: Lists, random: Random, spelling: Spelling, n: number): WrittenCell[] {
  const given = random.pick(lists.given);
  const occupation = random.pick(lists.occupations);
  const day = (from: string, days: number) =>
    spelling.date(addDays(from as IsoDate, Math.floor(random.next() * days)));
  return [
    n + 1,
    spelling.digits(`04${String(n).padStart(9, '0')}7`),
    spelling.id(personId(n)),
    spelling.text(given.fa ?? ''),
    spelling.text(random.pick(lists.family)),
    spelling.text(random.pick(lists.given).fa ?? ''),
    day('1965-03-21', 12_000),
    given.sex === 'female' ? words.female : words.male,
    spelling.digits(`0914${String(n).padStart(7, '0')}`),
    words.independent,
    spelling.text(occupation.name_fa ?? ''),
    spelling.text(lists.agencies.get(occupation.agency_id ?? '') ?? ''),
    spelling.text(random.pick(lists.counties)),
    random.chance(0.7) ? words.urban : words.rural,
    spelling.text(addressOf(random.pick(lists.family), n % 300)),
    day('2016-03-20', 2_000),
  ];
}

/** Writes a register of permits of so many rows, spelt as offices spell; every row can be accepted. */
export async function writeRegister(path: string, rows: number): Promise<void> {
  const lists = readLists();
  const random = makeRandom('bench/import');
  const spelling = makeSpelling(random);
  function* lines(): Generator<WrittenCell[]> {
    for (let n = 0; n < rows; n += 1) yield rowOf(lists, random, spelling, n);
  }
  const sheet = { name: words.sheet, rightToLeft: true, header: words.header, rows: lines() };
  await writeWorkbook(createWriteStream(path), [sheet]);
}
