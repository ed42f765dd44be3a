import { describe, expect, it } from 'vitest';
import { sampleLookup } from '../../../test/register-sheet.ts';
import { buildLookup, type LookupKind } from './lookup.ts';

describe('a name is found', () => {
  const cases: [LookupKind, string, string | number][] = [
    ['county', 'ارومیه', 401],
    ['county', 'اروميه', 401],
    ['county', 'شهرستان ارومیه', 401],
    ['county', 'urmia', 401],
    ['county', 'شاهین‌دژ', 411],
    ['county', 'شاهین دژ', 411],
    ['county', 'شاهيندژ', 411],
    ['agency', 'صمت', 'SMT'],
    ['agency', 'سازمان صمت', 'SMT'],
    ['agency', 'صنعت معدن تجارت', 'SMT'],
    ['agency', 'اداره کل صنعت، معدن و تجارت', 'SMT'],
    ['agency', 'اداره كل صنعت، معدن و تجارت استان آذربایجان‌غربی', 'SMT'],
    ['agency', 'اداره صنعت،معدن وتجارت شهرستان خوی', 'SMT'],
    ['agency', 'سازمان جهاد کشاورزی', 'AGRI'],
    ['agency', 'وزارت فرهنگ و ارشاد اسلامی', 'CULTURE'],
    ['agency', 'میراث فرهنگی', 'HERITAGE'],
    ['agency', 'ميراث فرهنگي گردشگري و صنايع دستي', 'HERITAGE'],
    ['agency', 'کمیته امداد امام خمینی', 'IMDAD'],
    ['bank', 'ملی', 'MELLI'],
    ['bank', 'بانک ملی', 'MELLI'],
    ['bank', 'بانک ملي ایران شعبه مرکزی', 'MELLI'],
    ['bank', 'bank melli', 'MELLI'],
    ['bank', 'بانک قرض الحسنه مهر ایران', 'MEHR'],
    ['bank', 'مهر ایران', 'MEHR'],
    ['bank', 'رفاه', 'REFAH'],
    ['bank', 'بانک رفاه کارگران', 'REFAH'],
    ['occupation', 'خیاطی', 'tailoring'],
    ['occupation', 'خیاطی خانگی', 'tailoring'],
    ['occupation', 'رشته قالیبافی', 'carpet-weaving'],
    ['occupation', 'فرش بافی', 'carpet-weaving'],
  ];
  it.each(cases)('%s «%s»', (kind, text, id) => {
    expect(sampleLookup.find(kind, text)).toEqual({ id });
    // And the same from memory.
    expect(sampleLookup.find(kind, text)).toEqual({ id });
  });
});

describe('a name is not guessed', () => {
  it('when it is in no list, or in another list', () => {
    expect(sampleLookup.find('bank', 'ارومیه')).toBeUndefined();
    expect(sampleLookup.find('agency', 'اداره کل')).toBeUndefined();
    expect(sampleLookup.find('county', 'استان')).toBeUndefined();
    expect(sampleLookup.find('occupation', '')).toBeUndefined();
  });

  it('when it fits two', () => {
    expect(sampleLookup.find('occupation', 'سوزن‌دوزی')).toBe('ambiguous');
  });

  it('and a whole name wins over one that is bare', () => {
    const lookup = buildLookup([
      { kind: 'bank', id: 'A', names: ['بانک شهر'] },
      { kind: 'bank', id: 'B', names: ['شهر ایران'] },
    ]);
    expect(lookup.find('bank', 'بانک شهر')).toEqual({ id: 'A' });
    expect(lookup.find('bank', 'شهر ایران')).toEqual({ id: 'B' });
    expect(lookup.find('bank', 'شهر')).toBe('ambiguous');
  });
});
