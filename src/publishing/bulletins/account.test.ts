import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sayers } from '../../app.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { visitOf } from '../layout.ts';
import { compose } from './compose.ts';
import { bulletinJson, figuresCsv } from './files.ts';
import { bulletinPage } from './page.ts';
import { bulletinPaper } from './pdf.ts';
import { told } from './rules.ts';
import type { Version } from './version.ts';

const parts = [
  { id: 'SMT', label: { fa: 'صنعت، معدن و تجارت', en: 'Industry, Mine and Trade' } },
  { id: 'AGRI', label: { fa: 'جهاد کشاورزی', en: 'Agriculture Jihad' } },
];
const place = { fa: 'آذربایجان غربی', en: 'West Azerbaijan' };
const now = new Date('2022-06-22T08:00:00Z');

function versionOf(counts: readonly bigint[], language: 'fa' | 'en'): Version {
  const names = ['', ...parts.map(({ id }) => `@${id}`)].flatMap((at) =>
    told.map((name) => `${name}${at}`),
  );
  const entries = names.map((name, at) => [name, (counts[at] ?? 0n).toString()]);
  const values = { ...Object.fromEntries(entries), overrides: '0' };
  const about = { from: '2021-03-21', to: '2022-06-21', agencyId: null, countyId: null };
  const telling = { say: sayers[language], language, agency: undefined };
  const by = 'agency' as const;
  return {
    bulletin: { ...about, id: uuid7(0), provinceId: 4, number: '04-1401-1', language },
    ...{ version: 1, asOf: now, publicFrom: now, root: 1, hash: 'ab', reason: null },
    text: compose({ values, parts, place }, about, telling),
    figures: {
      ...{ values, parts, place, by, cells: [], labels: {}, overrides: [] },
      demonstration: false,
    },
    ...{ changes: { figures: [], text: [] }, demonstration: false },
  };
}

/** The text of every cell of a page's first table, and its words without marks. */
function readPage(page: string) {
  const plain = (html: string) =>
    html
      .replace(/<[^>]+>/g, '')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const table = /<tbody>([\s\S]*?)<\/tfoot>/.exec(page)?.[1] ?? '';
  const cells = [...table.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map((cell) =>
    plain(cell[1] ?? ''),
  );
  return { cells, words: plain(page) };
}

test('page, paper, JSON and CSV of a version say the same numbers, whatever they are', () => {
  const count = fc.bigInt({ min: 0n, max: 10n ** 13n });
  const counts = fc.array(count, { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(counts, fc.constantFrom('fa' as const, 'en' as const), (given, language) => {
      const version = versionOf(given, language);
      const around = {
        demonstration: false,
        publicUrl: 'http://x',
        assets: { fonts: {} } as never,
      };
      const visit = visitOf(around, sayers, place, { language, asked: language });
      const paper = bulletinPaper(visit, version, 'cd', true);
      const shown = { sayers, versions: [version], rootHash: 'cd' };
      const page = readPage(bulletinPage(visit, version, shown).toString());
      expect(page.cells).toEqual([...paper.table.rows.flat(), ...paper.table.total]);
      for (const one of [paper.headline, paper.lead, ...paper.paragraphs, ...paper.rules]) {
        expect(page.words).toContain(one);
      }
      const json = bulletinJson(version, sayers, [version]);
      expect([json.headline, json.lead, ...json.paragraphs]).toEqual([
        ...[paper.headline, paper.lead, ...paper.paragraphs],
      ]);
      const lines = figuresCsv(version, sayers[language]).trim().split('\r\n').slice(1);
      const numbers = lines.map((line) => line.split(',').slice(-told.length));
      const exact = ['', '@SMT', '@AGRI'].map((at) =>
        told.map((name) => json.figures[`${name}${at}`]),
      );
      expect(numbers).toEqual(exact);
    }),
    { numRuns: 40 },
  );
});
