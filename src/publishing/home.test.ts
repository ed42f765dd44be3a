import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sayers } from '../app.ts';
import { measures } from '../figures/index.ts';
import { isoDate } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import { repositoryFolder } from '../platform/config.ts';
import type { Language } from '../platform/language.ts';
import { type Figures, type HomeFigures, homePage } from './home.ts';
import { visitOf } from './layout.ts';

const label = { fa: 'آذربایجان غربی', en: 'West Azerbaijan' };
const asked = { from: '1400-01-01', to: '1401-12-29', wrong: false, given: {} };

function valuesOf(value: number): Figures['measures'] {
  const entries = measures.map(({ name, unit }) => [
    name,
    unit === 'rial' ? `${value}0000000` : value,
  ]);
  return Object.fromEntries(entries);
}

function answer(parts: number, word: string): Figures {
  const value = (nth: number) => valuesOf(1000 + nth * 17);
  return {
    period: { from: '1400-01-01', to: '1401-12-29', from_iso: '2021-03-21', to_iso: '2023-03-20' },
    view: 'period',
    scope: { province: { id: '04', label } },
    as_of: '2023-03-20T00:00:00.000Z',
    demonstration: true,
    measures: valuesOf(123_456),
    by: Array.from({ length: parts }, (_, nth) => ({
      key: `${nth}`,
      label: { fa: `${word} ${toPersianDigits(`${nth}`)}`, en: `${word} ${nth}` },
      measures: value(nth),
    })),
  };
}

/** As much as the page ever shows: two years of months, all agencies, more counties than the province has. */
const largest: HomeFigures = {
  total: answer(0, ''),
  cohort: answer(0, ''),
  cuts: [
    { cut: 'agency', figures: answer(8, 'میراث فرهنگی، صنایع دستی و گردشگری') },
    { cut: 'month', figures: answer(24, 'اردیبهشت') },
    { cut: 'county', figures: answer(24, 'شاهین‌دژ') },
  ],
};

function draw(language: Language, figures: HomeFigures | undefined = largest): string {
  const fonts = { fa: '/assets/persian.woff2', en: '/assets/latin.woff2' };
  const assets = { stylesheet: '/assets/public-12345678.css', fonts };
  const around = { demonstration: true, publicUrl: 'https://example.org', assets };
  const visit = visitOf(around, sayers, label, { language, asked: undefined });
  return homePage(visit, asked, { figures, today: isoDate('2023-03-20') }).toString();
}

describe('the first page', () => {
  test.each(['fa', 'en'] as const)('is small enough for a slow line (%s)', async (language) => {
    const web = join(repositoryFolder, 'src', 'web');
    const files = ['tokens.css', 'public.css', 'mark.svg'].map((file) => readFile(join(web, file)));
    const parts = [Buffer.from(draw(language)), ...(await Promise.all(files))];
    const sent = parts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0);
    expect(sent).toBeLessThan(30_000);
    // Even through something that does not compress.
    expect(parts.reduce((sum, part) => sum + part.length, 0)).toBeLessThan(100_000);
  });

  test.each(['fa', 'en'] as const)('needs no script and no inline style (%s)', (language) => {
    const page = draw(language);
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i);
    expect(page).toContain(`<html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">`);
    expect(page.match(/<h1/g)).toHaveLength(1);
  });

  test('names what it links to by address within itself', () => {
    const page = draw('fa');
    const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    expect(ids.size).toBe([...page.matchAll(/\sid="/g)].length);
    const named = [...page.matchAll(/(?:for|href="#|aria-describedby)="?([a-z-]+)"/g)];
    expect(named.length).toBeGreaterThan(3);
    for (const [, id] of named) expect(ids).toContain(id);
  });

  test('says how many of the verified jobs a second look did not bear out', () => {
    const total = answer(0, '');
    const looked = { ...total.measures, jobs_rechecked: 40, jobs_disagreed: 3 };
    const page = draw('en', { ...largest, total: { ...total, measures: looked } });
    expect(page).toContain('7.5% of those looked at again');
    const none = { ...looked, jobs_rechecked: 0, jobs_disagreed: 0 };
    const without = draw('en', { ...largest, total: { ...total, measures: none } });
    expect(without).not.toContain('looked at again</small>');
  });

  test('says every number in the visitor’s digits', () => {
    expect(draw('fa')).toContain('>۱۲۳٬۴۵۶<');
    expect(draw('en')).toContain('>123,456<');
    const text = draw('fa').replace(/<[^>]*>/g, '');
    expect(text.replace('English', '')).not.toMatch(/[0-9]/);
  });
});
