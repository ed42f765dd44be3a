/** The words of a permit's versions and of its paper. */
const fa = {
  paper: 'دریافت مجوز (PDF)',
  check: 'صفحهٔ همگانی مجوز',
  versions: 'نسخه‌های مجوز',
  version: 'نسخهٔ {version}: {verb}',
  takesBack: 'پس گرفتن: {verb}',
  validity: 'از {from} تا {until}',
  conditions: 'شرط‌ها',
  approvedBy: '{verb}: {who}، {day}',
  byRule: 'سامانه',
  renewableFrom: 'تمدید از',
  worth: 'اکنون',
  occupationHint: 'تنها رشته‌ای از همین دستگاه؛ برای رشتهٔ دیگر درخواست تازه لازم است.',
  status: {
    valid: 'معتبر',
    suspended: 'تعلیق‌شده',
    expired: 'پایان‌یافته',
    revoked: 'لغوشده',
    ended: 'پایان‌یافته (بی‌دارنده)',
    void: 'پس‌گرفته',
  },
} as const;

export default fa;
