/** The steps of supporters as the case page says them; a test keeps them equal to their slice's. */
const fa = {
  supporterVerb: {
    apply: 'درخواست پشتیبانی',
    assess: 'تعیین ظرفیت پشتیبان',
    declareDefault: 'اعلام قصور پشتیبان',
    endDefault: 'پایان قصور پشتیبان',
    name: 'معرفی فرد تحت پوشش',
    reopen: 'بازشدن پرونده فرد تحت پوشش',
    resume: 'ادامه پوشش',
    move: 'رفتن به پشتیبان دیگر',
    endCover: 'پایان پوشش',
    offer: 'امضای پشتیبان بر قرارداد',
    accept: 'امضای فرد تحت پوشش',
    decline: 'نپذیرفتن قرارداد',
    sign: 'امضای دستگاه بر قرارداد سه‌جانبه',
  },
};

export default fa;
