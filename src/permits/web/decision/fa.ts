/** The words of decisions: their forms, what they say on a case, and clearances. */
const fa = {
  clearance: {
    title: 'استعلام‌ها',
    state: {
      missing: 'هنوز پرسیده نشده',
      asked: 'در انتظار پاسخ',
      cleared: 'تأیید شد',
      denied: 'رد شد',
    },
    askedOn: 'پرسیده در {day}',
    dueOn: 'مهلت پاسخ: {day}',
    answeredOn: 'پاسخ در {day}',
    reference: 'شمارهٔ پاسخ',
  },
  field: {
    name: 'نام و نام خانوادگی',
    fatherName: 'نام پدر',
    birthOn: 'تاریخ تولد',
    mobile: 'تلفن همراه',
    address: 'نشانی محل فعالیت',
    postalCode: 'کد پستی',
    kind: 'گونهٔ درخواست',
    occupation: 'رشته',
  },
  decision: {
    signConditions: 'شرط‌های مجوز',
    signConditionsHint: 'هر شرط در یک سطر؛ روی مجوز نوشته می‌شود.',
    unmet: 'کدام شرط یا مدرک نیست؟',
    unmetHint: 'یکی یا چند شماره؛ دلیل دیگر در قانون اعتبار ندارد.',
    items: 'چه چیز اصلاح شود؟',
    itemsHint: 'هر مورد را برگزینید و بنویسید چه ایرادی دارد.',
    documents: 'مدرک‌ها',
    conditionsMet: 'شرط‌ها',
    fields: 'بخش‌های فرم',
    itemNote: 'ایراد {label}',
    reference: 'شمارهٔ پاسخ شما',
    referenceHint: 'شمارهٔ شناسهٔ سلامت، نامه یا گواهی.',
    toldUnmet: 'شرط‌ها و مدرک‌های نداشته',
    toldItems: 'آنچه باید اصلاح شود',
    toldItem: '{label}: {note}',
    toldConditions: 'شرط‌های امضا',
    toldBodies: 'مرجع استعلام: {bodies}',
    toldReference: 'شمارهٔ پاسخ: {reference}',
  },
} as const;

export default fa;
