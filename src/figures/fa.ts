/** The words of figures. */
const fa = {
  noBank: 'بدون بانک',
  month:
    '{month, select, 1 {فروردین} 2 {اردیبهشت} 3 {خرداد} 4 {تیر} 5 {مرداد} 6 {شهریور} 7 {مهر} 8 {آبان} 9 {آذر} 10 {دی} 11 {بهمن} other {اسفند}} {year}',
  season: '{season, select, spring {بهار} summer {تابستان} autumn {پاییز} other {زمستان}} {year}',
  values: {
    kind: { independent: 'مستقل', supporter: 'پشتیبان', covered: 'تحت پوشش' },
    sex: { female: 'زن', male: 'مرد' },
    area: { urban: 'شهری', rural: 'روستایی' },
  },
  erased: 'پاک‌شده',
  problems: {
    erase_open: {
      title: 'هنوز {open} پرونده، طرح، وام یا شغل این شخص باز است.',
      next: 'نخست آن‌ها به پایان برسد؛ آنگاه می‌شود مشخصات او را پاک کرد.',
    },
    erase_early: {
      title: 'مدت نگهداری پرونده این شخص نگذشته است.',
      next: 'از {from} می‌شود. اگر خودش خواسته و پولی نگرفته، --asked را بیفزایید.',
    },
    bad_period: {
      title: 'دوره درست نیست.',
      next: 'دو تاریخ جلالی بنویسید که آغاز پس از پایان نباشد، مانند 1400-01-01 و 1401-03-31.',
    },
    bad_as_of: {
      title: 'لحظه «به آگاهی تا» درست نیست.',
      next: 'به شکل ISO بنویسید، مانند 2022-06-22T00:00:00Z.',
    },
    unknown_dimension: { title: 'با این نمی‌شود شکست: {by}', next: 'یکی از این‌ها: {known}' },
    unknown_measure: {
      title: 'چنین سنجه‌ای نیست: {measure}',
      next: 'فهرست سنجه‌ها در /api/measures است.',
    },
    import_overtaken: {
      title: 'هم‌زمان کسی یکی از همین پرونده‌ها را ثبت کرد و چیزی از این پرونده ثبت نشد.',
      next: 'همین پرونده را دوباره بفرستید.',
    },
    import_not_checked: {
      title: 'تنها دفتری که بررسی شده باشد ثبت می‌شود.',
      next: 'تا پایان بررسی بمانید یا دفتر را از نو بفرستید.',
    },
    match_decided: {
      title: 'درباره این ردیف پیش‌تر تصمیم گرفته شده است.',
      next: 'صف تطبیق را تازه کنید.',
    },
    match_refused: {
      title: 'این ردیف را در آن پرونده نمی‌شود ثبت کرد: {why}',
      next: 'پرونده دیگری برگزینید یا ردیف را کنار بگذارید.',
    },
    unknown_province: {
      title: 'چنین استانی نیست.',
      next: 'کد دو رقمی استان را بنویسید، مانند 04.',
    },
  },
};

export type FigureWords = typeof fa;
export default fa;
