import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { type Meaning, Status } from '../../web/ui/Status.tsx';
import { useWords } from './words.ts';

type Override = Answer<'/api/gate-overrides'>['items'][number];

const meanings: { readonly [state: string]: Meaning } = { granted: 'late', refused: 'stopped' };

/** The second person's word; whoever asked is refused by the server. */
function Decide({ code, path }: { code: string; path: 'grant' | 'refuse' }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST(`/api/gate-overrides/{code}/${path}`, {
          params: { path: { code } },
          body: { reason },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries(),
  );
  return (
    <details className="pt-2">
      <summary className="w-fit font-semibold">{t(`override.${path}`)}</summary>
      <Form
        write={write}
        submit={t(`override.${path}`)}
        look={path === 'refuse' ? 'danger' : 'primary'}
      >
        <TextArea name="reason" label={t('override.reason')} rows={2} />
      </Form>
    </details>
  );
}

function Line({ it }: { it: Override }) {
  const t = useWords();
  const { label, line, digits, instant } = useFormats();
  const may = useAccount()?.permissions.includes('supervision.grantOverride') ?? false;
  const tranche = t('trancheOnly', { number: digits(it.tranche) });
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <AppLink className="link font-semibold" href={casePath(it.caseCode)}>
          {line(tranche, label(it.agency.label), label(it.bank.label))}
        </AppLink>
        <Status meaning={meanings[it.state] ?? 'waiting'}>
          {t(`override.${it.state as 'asked' | 'granted' | 'refused'}`)}
        </Status>
      </span>
      <span className="block">{it.reason}</span>
      <span className="block text-sm text-soft">
        {t('override.by', { name: label(it.askedBy), day: instant(it.askedAt).day })}
      </span>
      {it.decidedBy ? (
        <span className="block text-sm text-soft">
          {t('override.decided', { name: label(it.decidedBy), reason: it.decidedReason ?? '' })}
        </span>
      ) : null}
      {it.state === 'asked' && may ? (
        <>
          <Decide code={it.code} path="grant" />
          <Decide code={it.code} path="refuse" />
        </>
      ) : null}
    </li>
  );
}

/** Tranches that went, or are to go, without their visit: two people and a reason each. */
export function Overrides() {
  const t = useWords();
  const query = useQuery({
    queryKey: ['gate-overrides'],
    queryFn: () => answer(api.GET('/api/gate-overrides')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('noOverrides')} />
        ) : (
          <ul className="sheet">
            {items.map((it) => (
              <Line key={it.code} it={it} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
