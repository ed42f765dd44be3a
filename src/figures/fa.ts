/** The words of figures. */
const fa = {
  reports: {
    rial: 'ریال',
    ready: 'گزارش «{name}» آماده است: {url}',
    columns: {
      agency: 'دستگاه',
      county: 'شهرستان',
      bank: 'بانک',
      kind: 'گونه',
      occupation: 'رشته',
      sex: 'جنس',
      area: 'شهری یا روستایی',
      month: 'ماه',
      season: 'فصل',
      code: 'کد پرونده',
      permit: 'شمارهٔ مجوز',
      name: 'نام',
      day: 'تاریخ',
      amount: 'مبلغ (ریال)',
      people: 'نفر',
    },
  },
  noBank: 'بدون بانک',
  month:
    '{month, select, 1 {فروردین} 2 {اردیبهشت} 3 {خرداد} 4 {تیر} 5 {مرداد} 6 {شهریور} 7 {مهر} 8 {آبان} 9 {آذر} 10 {دی} 11 {بهمن} other {اسفند}} {year}',
  season: '{season, select, spring {بهار} summer {تابستان} autumn {پاییز} other {زمستان}} {year}',
  values: {
    kind: { independent: 'مستقل', supporter: 'پشتیبان', covered: 'تحت پوشش' },
    sex: { female: 'زن', male: 'مرد' },
    area: { urban: 'شهری', rural: 'روستایی' },
  },
  problems: {
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
    target_level: {
      title: 'سطح هدف با آنچه نام برده‌اید نمی‌خواند.',
      next: 'برای دستگاه، دستگاه را و برای شهرستان، شهرستان را نام ببرید؛ برای استان و کشور هیچ‌یک را.',
    },
    target_day: {
      title: 'روز هدف درست نیست.',
      next: 'روزی از همان سال بدهید، مانند ۱۴۰۱/۰۶/۳۱.',
    },
    target_agency: {
      title: 'این سازمان دستگاه اجرایی نیست.',
      next: 'یکی از دستگاه‌های اجرایی را برگزینید.',
    },
    target_waits: {
      title: 'نسخهٔ دیگری از این هدف منتظر نفر دوم است.',
      next: 'نخست دربارهٔ آن تصمیم بگیرید.',
    },
    target_own: {
      title: 'این هدف را خودتان خواسته‌اید.',
      next: 'نفر دوم باید کس دیگری باشد.',
    },
    target_decided: {
      title: 'دربارهٔ این نسخه پیش‌تر تصمیم گرفته شده است.',
      next: 'صفحه را تازه کنید.',
    },
    unknown_province: {
      title: 'چنین استانی نیست.',
      next: 'کد دو رقمی استان را بنویسید، مانند 04.',
    },
  },
};

export type FigureWords = typeof fa;
export default fa;
