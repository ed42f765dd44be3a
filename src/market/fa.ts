/** The words of the market. */
const fa = {
  verbs: { openStall: 'باز کردن غرفه', showMyStalls: 'دیدن غرفهٔ خود' },
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
    stall_open_already: {
      title: 'این مجوز غرفه دارد.',
      next: 'هر مجوز یک غرفه دارد؛ همان را باز کنید.',
    },
  },
};

export type MarketWords = typeof fa;
export default fa;
