import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { casePath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Code } from '../../../web/ui/Values.tsx';
import { Clients } from './Clients.tsx';
import { useBankWords } from './words.ts';

type Enquiry = Answer<'/api/payment-enquiries'>['enquiries'][number];
type Event = Answer<'/api/bank-events'>['events'][number];

function OneEnquiry({ it }: { it: Enquiry }) {
  const t = useBankWords();
  const { toman, day, label } = useFormats();
  const said = it.answeredRial
    ? t('saidOther', { amount: toman(it.answeredRial) })
    : t('saidNotCame');
  const paid = { amount: toman(it.amountRial), day: day(it.paidOn), bank: label(it.bank.label) };
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <AppLink href={casePath(it.code)} className="link font-semibold">
        {it.name}
      </AppLink>
      <span className="block">{t('paid', paid)}</span>
      <Status meaning="late">{said}</Status>
    </li>
  );
}

function Enquiries() {
  const t = useBankWords();
  const query = useQuery({
    queryKey: ['payment-enquiries'],
    queryFn: () => answer(api.GET('/api/payment-enquiries')),
  });
  return (
    <Sheet title={t('enquiries')} id="enquiries">
      <Loaded query={query} shape="line">
        {({ enquiries }) =>
          enquiries.length === 0 ? (
            <p className="text-soft">{t('noEnquiries')}</p>
          ) : (
            <ul>
              {enquiries.map((it) => (
                <OneEnquiry key={it.id} it={it} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Sheet>
  );
}

function OneEvent({ it }: { it: Event }) {
  const t = useBankWords();
  const { label, digits } = useFormats();
  const tries = digits(it.tries);
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <span className="font-semibold">{label(it.bank.label)}</span> <Code>{it.event}</Code>
      <span className="block text-sm" dir="ltr">
        {it.lastFault}
      </span>
      <Status meaning={it.givenUpAt ? 'stopped' : 'waiting'}>
        {t(it.givenUpAt ? 'givenUp' : 'waiting', { tries })}
      </Status>
    </li>
  );
}

function Events() {
  const t = useBankWords();
  const query = useQuery({
    queryKey: ['bank-events'],
    queryFn: () => answer(api.GET('/api/bank-events')),
  });
  return (
    <Sheet title={t('events')} id="events">
      <Loaded query={query} shape="line">
        {({ events }) =>
          events.length === 0 ? (
            <p className="text-soft">{t('noEvents')}</p>
          ) : (
            <ul>
              {events.map((it) => (
                <OneEvent key={it.id} it={it} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Sheet>
  );
}

/** What borrowers say of payments, what could not be told to banks, and which systems may use the API. */
export function BanksPage() {
  const t = useBankWords();
  const may = new Set(useAccount()?.permissions ?? []);
  useTitle(t('title'));
  return (
    <>
      <PageHead title={t('title')} />
      <div className="grid items-start gap-6">
        {may.has('financing.closeEnquiry') ? <Enquiries /> : null}
        {may.has('financing.bankEvents') ? <Events /> : null}
        {may.has('accounts.listClients') ? <Clients /> : null}
      </div>
    </>
  );
}
