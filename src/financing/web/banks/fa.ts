/** The words of the page about banks' own systems and what borrowers say. */
const fa = {
  title: 'بانک‌ها',
  enquiries: 'پرداخت‌هایی که وام‌گیرنده می‌گوید نرسیده یا مبلغ دیگری بوده',
  noEnquiries: 'پیگیری بازی نیست.',
  saidNotCame: 'می‌گوید نرسیده است',
  saidOther: 'می‌گوید {amount} تومان رسیده است',
  paid: '{bank}: {amount} تومان در {day}',
  events: 'رویدادهایی که به بانک نرسیده',
  noEvents: 'همه رویدادها رسیده است.',
  waiting: 'پس از {tries} بار؛ دوباره فرستاده می‌شود',
  givenUp: 'پس از {tries} بار رها شد',
  clients: 'سامانه‌های بانک‌ها',
  noClients: 'هنوز هیچ سامانه بانکی شناسه ندارد.',
  create: 'ساختن شناسه برای یک بانک',
  bank: 'بانک',
  name: 'نام سامانه',
  save: 'ساختن شناسه',
  secretOnce:
    'این رمز تنها همین یک بار نشان داده می‌شود و نگه داشته نمی‌شود. همین حالا آن را به بانک برسانید.',
  clientId: 'شناسه',
  secret: 'رمز',
  scopes: 'دامنه',
  revoke: 'لغو',
  revokeSure: 'لغو همین شناسه',
  inUse: 'در کار',
  revoked: 'لغوشده',
};

export type BankPageWords = typeof fa;
export default fa;
