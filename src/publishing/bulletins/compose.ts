import { formatJalali, type IsoDate } from '../../kit/jalali.ts';
import type { Language, Say } from '../../platform/language.ts';
import type { Figures, Subject } from './figures.ts';
import type { Text } from './text.ts';

/**
 * The account that Karkhaneh writes of its figures, in the bulletin's language: headline, lead and paragraphs,
 * with the names of figures where numbers stand. What did not happen is not told.
 */
export function compose(
  { values, parts, place }: Pick<Figures, 'values' | 'parts' | 'place'>,
  subject: Pick<Subject, 'from' | 'to' | 'agencyId'>,
  telling: { say: Say; language: Language; agency: string | undefined },
): Text {
  const { language } = telling;
  const has = (name: string) => (values[name] ?? '0') !== '0';
  const day = (iso: string) => formatJalali(iso as IsoDate, language, 'long');
  const scope = telling.agency === undefined ? 'all' : 'agency';
  const given = {
    ...{ from: day(subject.from), to: day(subject.to), place: place[language] },
    ...{ agency: telling.agency ?? '', scope },
  };
  const say = (key: string, more: Record<string, string> = {}) =>
    telling.say(`bulletins.text.${key}`, { ...given, ...names, ...more });
  const funded = parts.filter(({ id }) => has(`plans_funded@${id}`));
  const list = funded.map(({ id, label }) =>
    say('part', {
      label: label[language],
      plans: `{plans_funded@${id}}`,
      paid: `{rial_paid@${id}}`,
    }),
  );
  const paragraphs = [
    has('permits_issued') && say(has('plans_funded') ? 'funnel' : 'permits'),
    funded.length > 1 && say('parts', { list: list.join(say('between')) }),
    has('plans_funded') && say('supervision'),
    has('overrides') && say('overrides'),
    ...marketParagraphs(has, say),
  ];
  return {
    headline: say(
      has('jobs_registered') ? 'headline' : has('permits_issued') ? 'headlinePermits' : 'nothing',
    ),
    lead: say(has('jobs_registered') && has('rial_paid') ? 'lead' : 'leadPlain'),
    paragraphs: paragraphs.filter((one) => one !== false),
  };
}

/** What was sold, and what supporters kept of their word. */
function marketParagraphs(has: (name: string) => boolean, say: (key: string) => string) {
  return [
    joined(
      has('businesses_in_market') && say('market'),
      has('sales') && say('sales'),
      has('materials_saved') && say('saved'),
    ),
    joined(
      has('buyback_promised_rial') && say('buyback'),
      has('buyback_kept') && say('kept'),
      has('piece_rate_late_rial') && say('late'),
    ),
  ];
}

/** Sentences as one paragraph; false where there are none. */
function joined(...sentences: readonly (string | false)[]): string | false {
  return sentences.filter((one) => one !== false).join(' ') || false;
}

/** The names of figures as values of the words, so that those read as sentences. */
const names = {
  head: '{head:jobs_registered}',
  headPermits: '{head:permits_issued}',
  permits: '{permits_issued}',
  referred: '{plans_referred}',
  funded: '{plans_funded}',
  paid: '{over:rial_paid}',
  jobs: '{jobs_registered}',
  ways: '{overrides}',
  businesses: '{businesses_in_market}',
  sales: '{sales}',
  sold: '{rial_sold}',
  saved: '{materials_saved}',
  promised: '{buyback_promised_rial}',
  taken: '{buyback_taken_rial}',
  kept: '{buyback_kept}',
  late: '{piece_rate_late_rial}',
};
