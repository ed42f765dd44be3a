/** The words of the calendar and of amounts. Both languages have exactly this shape. */
export interface KitWords {
  /** Jalali months, Farvardin first. */
  readonly months: readonly [
    ...[string, string, string, string, string, string],
    ...[string, string, string, string, string, string],
  ];
  readonly seasons: {
    readonly spring: string;
    readonly summer: string;
    readonly autumn: string;
    readonly winter: string;
  };
  /** Saturday first, as the Iranian week begins. */
  readonly weekdays: readonly [string, string, string, string, string, string, string];
  /** Numbers as newspapers say them: nought to nine, the scales, and what joins them. */
  readonly said: {
    readonly small: readonly [
      ...[string, string, string, string, string],
      ...[string, string, string, string, string],
    ];
    readonly trillion: string;
    readonly billion: string;
    readonly million: string;
    readonly thousand: string;
    readonly one: string;
    readonly and: string;
  };
  readonly units: {
    readonly toman: string;
    readonly rial: string;
    readonly thousand: string;
    readonly million: string;
    readonly milliard: string;
    readonly percent: string;
    readonly people: string;
    readonly days: string;
  };
}

const fa = {
  months: [
    'فروردین',
    'اردیبهشت',
    'خرداد',
    'تیر',
    'مرداد',
    'شهریور',
    'مهر',
    'آبان',
    'آذر',
    'دی',
    'بهمن',
    'اسفند',
  ],
  seasons: { spring: 'بهار', summer: 'تابستان', autumn: 'پاییز', winter: 'زمستان' },
  weekdays: ['شنبه', 'یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه'],
  said: {
    small: ['صفر', 'یک', 'دو', 'سه', 'چهار', 'پنج', 'شش', 'هفت', 'هشت', 'نه'],
    trillion: 'هزار میلیارد',
    billion: 'میلیارد',
    million: 'میلیون',
    thousand: 'هزار',
    one: 'یک',
    and: 'و',
  },
  units: {
    toman: 'تومان',
    rial: 'ریال',
    thousand: 'هزار',
    million: 'میلیون',
    milliard: 'میلیارد',
    percent: 'درصد',
    people: 'نفر',
    days: 'روز',
  },
} as const satisfies KitWords;

export default fa;
