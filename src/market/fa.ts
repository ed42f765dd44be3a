import bazaars from './bazaars/fa.ts';
import materials from './materials/fa.ts';

/** The words of the market. */
const fa = {
  verbs: {
    openStall: 'باز کردن غرفه',
    showMyStalls: 'دیدن غرفهٔ خود',
    changeStall: 'تغییر غرفه',
    keepProducts: 'نگهداری کالاهای خود',
  },
  label: {
    homeMade: 'ساخته‌شده در خانه',
    ingredients: 'مواد',
    weight: 'وزن',
    madeOn: 'تاریخ تولید',
    bestUntil: 'بهترین تا',
    maker: 'سازنده',
    makerOf: '{name}، {place}',
    placeOf: '{county}، {province}',
    permit: 'شمارهٔ مجوز',
    health: 'شمارهٔ بهداشتی',
    allergens: 'حساسیت‌زا: {list}',
    noAllergens: 'مادهٔ حساسیت‌زای شناخته‌شده ندارد.',
    demonstration: 'نمایشی؛ برای فروش نیست',
  },
  allergens: {
    gluten: 'گلوتن',
    milk: 'شیر',
    egg: 'تخم‌مرغ',
    nuts: 'مغزها',
    peanut: 'بادام‌زمینی',
    sesame: 'کنجد',
    soy: 'سویا',
    fish: 'ماهی',
    mustard: 'خردل',
  },
  measures: {
    businesses_in_market: {
      label: 'کسب‌وکارهای پیوسته به بازار',
      definition: 'شمار مجوزهایی که در دوره برایشان غرفه باز شده است؛ هر مجوز یک بار.',
    },
  },
  standings: {
    valid: 'معتبر',
    suspended: 'معلق',
    expired: 'منقضی',
    revoked: 'لغوشده',
    ended: 'پایان‌یافته',
  },
  problems: {
    permit_not_valid: {
      title: 'با این مجوز اکنون نمی‌توان فروخت.',
      next: 'تنها دارندهٔ مجوز معتبر غرفه دارد. اگر مجوز معلق یا منقضی است، نخست آن را درست کنید.',
    },
    ingredients_missing: {
      title: 'مواد این خوراکی نوشته نشده است.',
      next: 'هر چه در آن به کار رفته است به ترتیب مقدار بنویسید.',
    },
    health_number_missing: {
      title: 'شمارهٔ بهداشتی این خوراکی نوشته نشده است.',
      next: 'شماره‌ای را بنویسید که وزارت بهداشت به شما داده است.',
    },
    sold_out: {
      title: 'این‌قدر از این کالا نمانده است.',
      next: 'شمار کمتری بخواهید، یا از سازنده بپرسید کی آماده می‌شود.',
    },
    too_many_photos: {
      title: 'هر کالا تا هشت عکس دارد.',
      next: 'یکی از عکس‌ها را بردارید و دوباره بفرستید.',
    },
    no_label: {
      title: 'برچسب تنها برای خوراکی است.',
      next: 'این کالا خوراکی نیست و برچسب نمی‌خواهد.',
    },
    stall_open_already: {
      title: 'این مجوز غرفه دارد.',
      next: 'هر مجوز یک غرفه دارد؛ همان را باز کنید.',
    },
  },
};

export type MarketWords = typeof fa;

/** With those of its parts. */
export default {
  ...fa,
  verbs: { ...fa.verbs, ...materials.verbs, ...bazaars.verbs },
  measures: { ...fa.measures, ...materials.measures, ...bazaars.measures },
  problems: { ...fa.problems, ...materials.problems, ...bazaars.problems },
};
