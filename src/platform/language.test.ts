import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import { sayer } from './language.ts';

const messages = {
  plain: 'Nothing in it',
  places: '{first} and {second}, {first} again',
  plural: '{count, plural, one {# house} other {# houses}}',
  choice: '{by, select, agency {Agency} other {County}}',
  quoted: "It''s {name}",
  mark: '{open} 100 %',
};
const words = { fa: { a: { b: messages } }, en: { a: { b: messages } } };
const say = sayer(words, 'en');
const translate = createTranslator({ locale: 'en', messages: words.en as never }) as unknown as (
  key: string,
  values?: object,
) => string;

describe('what is said', () => {
  test.each([
    ['plain', undefined],
    ['places', { first: 'one', second: 2 }],
    ['places', { first: '{second}', second: '' }],
    ['plural', { count: 1 }],
    ['choice', { by: 'agency' }],
    ['quoted', { name: 'Leila' }],
    ['mark', { open: 0 }],
  ])('of %s with %j is what the library says', (key, values) => {
    expect(say(`a.b.${key}`, values)).toBe(translate(`a.b.${key}`, values));
  });

  test('is never a key, nor a place left open', () => {
    expect(() => say('a.b.none')).toThrow();
    expect(() => say('a.b.places', { first: 'one' })).toThrow();
    expect(() => say('a.b')).toThrow();
  });
});
