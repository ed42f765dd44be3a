import bazaars from './bazaars/fa.ts';
import materials from './materials/fa.ts';
import requests from './requests/fa.ts';

/** The words of the market. */
const fa = {
  verbs: {
    openStall: 'باز کردن غرفه',
    showMyStalls: 'دیدن غرفهٔ خود',
    changeStall: 'تغییر غرفه',
    keepProducts: 'نگهداری کالاهای خود',
    reserve: 'نگه‌داشتن برای پرداخت',
    order: 'سفارش',
    receivePayment: 'رسیدن پول',
    lapse: 'گذشتن زمان پرداخت',
    cancelOrder: 'لغو سفارش',
    declineOrder: 'نپذیرفتن سفارش',
    acceptOrder: 'پذیرفتن سفارش',
    sendOrder: 'فرستادن',
    deliverOrder: 'رسیدن به خریدار',
    askReturn: 'درخواست پس‌دادن',
    acceptReturn: 'پذیرفتن پس‌دادن',
    refuseReturn: 'نپذیرفتن پس‌دادن',
    showOrder: 'دیدن سفارش',
    actOnOrder: 'کار روی سفارش',
    settle: 'تسویه با سازندگان و شکایت‌ها',
    showStatement: 'دیدن صورت‌حساب',
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
  sms: {
    newOrder: 'سفارش تازه‌ای برای غرفهٔ شماست ({order}). در «غرفهٔ من» ببینید.',
    accepted: 'سازنده سفارش {order} شما را پذیرفت.',
    declined: 'سازنده سفارش {order} شما را نپذیرفت. اگر پرداخته‌اید پولتان برمی‌گردد.',
    sent: 'سفارش {order} شما فرستاده شد.',
    lapsed: 'زمان پرداخت سفارش {order} گذشت و سفارش لغو شد.',
    cancelled: 'خریدار سفارش {order} را پیش از پذیرفتن شما لغو کرد.',
    returnAsked: 'خریدار می‌خواهد از سفارش {order} چیزی را پس بدهد. در «غرفهٔ من» ببینید.',
    returnAccepted: 'پس‌دادن از سفارش {order} پذیرفته شد.',
    returnRefused:
      'پس‌دادن از سفارش {order} پذیرفته نشد. دلیل را در «خریدهای من» ببینید؛ می‌توانید شکایت کنید.',
    message: 'دربارهٔ سفارش {order} پیامی دارید.',
    complaintAnswered: 'اداره کل به شکایت شما از سفارش {order} پاسخ داد.',
  },
  orderStates: {
    unpaid: 'در انتظار پرداخت',
    placed: 'در انتظار سازنده',
    accepted: 'در حال آماده‌شدن',
    sent: 'فرستاده‌شده',
    delivered: 'رسیده',
    return_asked: 'درخواست پس‌دادن',
    returned: 'پس‌داده‌شده',
    cancelled: 'لغوشده',
  },
  parties: {
    buyer: 'خریدار',
    maker: 'سازنده',
    office: 'اداره کل',
    gateway: 'درگاه پرداخت',
    clock: 'سامانه',
  },
  transferKinds: {
    sold: 'فروش',
    commission: 'کارمزد',
    returned: 'پس‌گرفتن کالا',
    commission_returned: 'برگشت کارمزد',
    paid_out: 'پرداخت به سازنده',
  },
  statement: {
    title: 'صورت‌حساب {stall}',
    period: 'از {from} تا {to}',
    day: 'روز',
    what: 'شرح',
    order: 'سفارش',
    rial: 'ریال',
    opening: 'ماندهٔ آغاز',
    closing: 'ماندهٔ پایان',
    demonstration: 'نمایشی',
  },
  measures: {
    businesses_in_market: {
      label: 'کسب‌وکارهای پیوسته به بازار',
      definition: 'شمار مجوزهایی که در دوره برایشان غرفه باز شده است؛ هر مجوز یک بار.',
    },
    businesses_selling: {
      label: 'کسب‌وکارهایی که اکنون می‌فروشند',
      definition:
        'شمار غرفه‌های باز با مجوز معتبر در همین لحظه؛ با بسته شدن غرفه و پایان یا لغو مجوز همان دم کم می‌شود.',
    },
    sales: {
      label: 'فروش‌ها',
      definition: 'شمار سفارش‌های بازار که در دوره به دست خریدار رسیده‌اند.',
    },
    rial_sold: {
      label: 'مبلغ فروش',
      definition: 'بهای سفارش‌های رسیده در دوره، پیش از کم‌کردن آنچه پس داده شد.',
    },
    returns: {
      label: 'پس‌دادن‌ها',
      definition: 'شمار سفارش‌هایی که پس‌دادن از آن‌ها در دوره پذیرفته شد.',
    },
    rial_returned: {
      label: 'مبلغ پس‌داده‌شده',
      definition: 'بهای آنچه در دوره پس داده شد.',
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
    stall_closed: {
      title: 'این غرفه بسته است.',
      next: 'پس از باز شدن غرفه سفارش بدهید، یا از غرفهٔ دیگری بخرید.',
    },
    not_sent_there: {
      title: '«{title}» به آنجا فرستاده نمی‌شود.',
      next: 'نشانی دیگری بدهید، یا از سازنده‌ای بخواهید که به آنجا می‌فرستد.',
    },
    fetched_apart: {
      title: '«{title}» را خودتان می‌گیرید و بقیه فرستاده می‌شود.',
      next: 'کالایی را که خودتان می‌گیرید جدا سفارش بدهید.',
    },
    address_missing: {
      title: 'نوشته نشده است که سفارش به کجا برود.',
      next: 'استان و نشانی گیرنده را بنویسید.',
    },
    county_missing: {
      title: '«{title}» تنها در یک شهرستان فرستاده می‌شود.',
      next: 'شهرستان گیرنده را برگزینید.',
    },
    own_product: {
      title: 'این غرفهٔ خود شماست.',
      next: 'از غرفهٔ خود نمی‌توان خرید.',
    },
    no_gateway: {
      title: 'پرداخت اینترنتی اینجا برقرار نیست.',
      next: 'پرداخت هنگام تحویل را برگزینید.',
    },
    return_too_late: {
      title: 'زمان پس‌دادن گذشته است.',
      next: 'تا {until} می‌شد پس داد. اگر کالا عیب دارد شکایت کنید.',
    },
    return_of_nothing: {
      title: 'نگفته‌اید چه چیزی را پس می‌دهید.',
      next: 'برای دست‌کم یک کالا شماری بنویسید که از آنچه رسیده بیشتر نباشد.',
    },
    complaint_open: {
      title: 'شکایت پیشین شما هنوز باز است.',
      next: 'پاسخ اداره کل را همین‌جا می‌بینید.',
    },
    complaint_answered: {
      title: 'شکایتی بی‌پاسخ برای این سفارش نیست.',
      next: 'فهرست شکایت‌ها را تازه کنید.',
    },
    not_delivered: {
      title: 'این سفارش هنوز نرسیده است.',
      next: 'پس از رسیدن کالا امتیاز بدهید.',
    },
    rated_already: {
      title: 'به این سفارش امتیاز داده‌اید.',
      next: 'هر سفارش یک امتیاز دارد.',
    },
    more_than_due: {
      title: 'بیش از طلب سازنده است.',
      next: 'طلب اکنون {due} ریال است.',
    },
    payout_twice: {
      title: 'این شمارهٔ پیگیری پیش‌تر ثبت شده است.',
      next: 'شمارهٔ پیگیری بانک را وارسی کنید.',
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
  verbs: { ...fa.verbs, ...materials.verbs, ...bazaars.verbs, ...requests.verbs },
  measures: { ...fa.measures, ...materials.measures, ...bazaars.measures },
  fairKinds: bazaars.fairKinds,
  fairStates: bazaars.fairStates,
  criteria: bazaars.criteria,
  problems: { ...fa.problems, ...materials.problems, ...bazaars.problems, ...requests.problems },
};
