/** The words of supporter plans. */
const fa = {
  problems: {
    already_covered: {
      title: 'این شخص پیش‌تر زیر پوشش همین طرح نام برده شده است.',
      next: 'فهرست افراد تحت پوشش طرح را ببینید.',
    },
  },
};

export type SupporterWords = typeof fa;
export default fa;
