import { expect, test } from 'vitest';
import en from './en.ts';
import fa from './fa.ts';

test('Persian month and weekday names are the ones ICU gives', () => {
  const name = (options: Intl.DateTimeFormatOptions, day: number) =>
    new Intl.DateTimeFormat('fa-u-ca-persian', { timeZone: 'UTC', ...options }).format(
      Date.UTC(2021, 2, 20 + day),
    );
  const months = fa.months.map((_, month) => name({ month: 'long' }, 5 + Math.floor(month * 30.5)));
  expect(fa.months).toEqual(months);
  expect(fa.weekdays).toEqual(fa.weekdays.map((_, day) => name({ weekday: 'long' }, day)));
});

test('English weekday names likewise, and no name twice', () => {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'UTC', weekday: 'long' });
  expect(en.weekdays).toEqual(
    en.weekdays.map((_, day) => name.format(Date.UTC(2021, 2, 20 + day))),
  );
  for (const words of [fa.months, en.months, fa.weekdays, en.weekdays]) {
    expect(new Set(words).size).toBe(words.length);
  }
});
