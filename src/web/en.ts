import type fa from './fa.ts';
import type { SameWords } from './same-words.ts';

/** The shell's words in English. */
const en = {
  product: 'Karkhaneh',
  tagline: 'Home businesses',
  needsScript:
    'This part needs JavaScript. The public figures on the first page can be read without it.',
  demo: 'Demonstration: every person and case here is invented.',
  skip: 'Skip to main content',
  nav: {
    label: 'Sections',
    overview: 'Province',
    queue: 'Queue',
    cases: 'Cases',
    import: 'Registers in',
    public: 'Public page',
    menu: 'Menu',
  },
  account: {
    signIn: 'Sign in',
    signOut: 'Sign out',
    menu: 'Account of {name}',
  },
  settings: {
    language: 'Language',
    other: 'فارسی',
    theme: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    system: 'As the device',
  },
  palette: {
    open: 'Commands',
    title: 'Search and commands',
    hint: 'A page, a person, a national ID or a permit number',
    search: 'Search cases for “{text}”',
    nothing: 'No command has this name.',
    keys: 'Keys: arrows move, Enter goes, Escape closes',
  },
  form: {
    errorTitle: 'This was not done',
    required: 'Enter {field}.',
    optional: 'optional',
    saving: 'Saving…',
    noConnection: 'The server could not be reached.',
    noConnectionNext:
      'Nothing you typed is lost. Check the connection and press again; it will not be recorded twice.',
    unexpected: 'The server gave an answer that was not expected.',
    unexpectedNext: 'Press again. If it keeps failing, give this number to support: {id}',
    cancel: 'Cancel',
    close: 'Close',
    retry: 'Try again',
  },
  load: {
    loading: 'Loading…',
    failed: 'This part did not load',
    notFound: 'This page was not found',
    notFoundNext: 'Check the address, or open another section from the menu above.',
    crashed: 'This page stopped working',
    crashedNext: 'Nothing in the cases has changed. Open the page again.',
    home: 'Province',
  },
  table: {
    sortUp: 'Sort ascending by {column}',
    sortDown: 'Sort descending by {column}',
    total: 'Total',
    scroll: 'Table {caption}, scroll sideways to see every column',
  },
  chart: {
    asChart: 'Chart',
    asTable: 'Table',
    view: 'How to show {title}',
    csv: 'Download CSV',
    png: 'Download picture',
    link: 'Copy link',
    linkDone: 'Link copied',
    more: 'Take {title}',
    share: '{percent} of {of}',
  },
  date: {
    open: 'Open calendar',
    from: 'From',
    to: 'To',
    range: 'Period',
    previousMonth: 'Previous month',
    nextMonth: 'Next month',
    previousYear: 'Previous year',
    nextYear: 'Next year',
  },
  money: {
    toman: 'toman',
    thousandToman: 'thousand toman',
    millionToman: 'million toman',
    billionToman: 'billion toman',
    rial: 'rial',
    exact: 'Exact amount in rial',
  },
  meaning: {
    waiting: 'Waiting',
    done: 'Done',
    stopped: 'Stopped',
    late: 'Late',
  },
} as const satisfies SameWords<typeof fa>;

export default en;
