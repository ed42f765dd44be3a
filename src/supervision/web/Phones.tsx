import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { fieldPath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { useWords } from './words.ts';

type Phone = Answer<'/api/field-devices'>['items'][number];

function Revoke({ id }: { id: string }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/field-devices/revoke', { body: { id, reason }, headers: withKey(opId) }),
      ),
    () => queries.invalidateQueries({ queryKey: ['field-devices'] }),
  );
  return (
    <details className="pt-2">
      <summary className="w-fit font-semibold">{t('phones.revoke')}</summary>
      <p className="py-2 text-sm text-soft">{t('phones.revokeHint')}</p>
      <Form write={write} submit={t('phones.revoke')} look="danger">
        <TextField name="reason" label={t('phones.reason')} />
      </Form>
    </details>
  );
}

function State({ phone }: { phone: Phone }) {
  const t = useWords();
  const { digits } = useFormats();
  const { revokedAt, conflicts, held, waiting } = phone;
  if (revokedAt) return <Status meaning="stopped">{t('phones.revoked')}</Status>;
  const withIt = (waiting ?? 0) + held;
  if (conflicts > 0) {
    return <Status meaning="late">{t('phones.conflicts', { count: digits(conflicts) })}</Status>;
  }
  return (
    <Status meaning={withIt > 0 ? 'waiting' : 'done'}>
      {withIt > 0 ? t('phones.waiting', { count: digits(withIt) }) : t('phones.allHere')}
    </Status>
  );
}

function Line({ phone }: { phone: Phone }) {
  const t = useWords();
  const { label, line, digits, instant } = useFormats();
  const seen = instant(phone.lastSeenAt);
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{line(label(phone.owner), phone.label)}</span>
        <State phone={phone} />
      </span>
      <span className="block text-sm text-soft">
        {line(
          t('phones.seen', { day: seen.day, time: seen.time }),
          t('phones.received', { count: digits(phone.received) }),
        )}
      </span>
      {phone.revokedReason ? <span className="block">{phone.revokedReason}</span> : null}
      {phone.revokedAt ? null : <Revoke id={phone.id} />}
    </li>
  );
}

/** The phones that visits come from: whose they are, what each still holds, and how a lost one is revoked. */
export function Phones() {
  const t = useWords();
  const query = useQuery({
    queryKey: ['field-devices'],
    queryFn: () => answer(api.GET('/api/field-devices')),
  });
  return (
    <>
      <p className="pb-4">
        <AppLink href={fieldPath()} className={buttonClass('secondary', true)}>
          {t('phones.enrol')}
        </AppLink>
      </p>
      <Loaded query={query} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="screen" title={t('phones.none')} />
          ) : (
            <ul className="sheet">
              {items.map((phone) => (
                <Line key={phone.id} phone={phone} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
