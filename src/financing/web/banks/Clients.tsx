import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { referenceQuery } from '../../../web/session.ts';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Code } from '../../../web/ui/Values.tsx';
import { useBankWords } from './words.ts';

type Clients = Answer<'/api/bank-clients'>;
type Client = Clients['clients'][number];
type Made = { readonly clientId: string; readonly secret: string };

const everything = ['referrals.read', 'plans.write', 'payments.write', 'webhooks.write'] as const;

function CreateForm({ onMade }: { onMade: (made: Made) => void }) {
  const t = useBankWords();
  const { label } = useFormats();
  const queries = useQueryClient();
  const { data } = useQuery(referenceQuery);
  const banks = (data?.banks ?? []).map((row) => ({ id: row.id, name: label(row.label) }));
  const write = useWrite(
    ({ bankId = '', name = '' }: Values, opId) => {
      const body = { bankId, name, scopes: [...everything] };
      return answer(api.POST('/api/bank-clients', { body, headers: withKey(opId) }));
    },
    async (made) => {
      onMade(made);
      await queries.invalidateQueries({ queryKey: ['bank-clients'] });
    },
  );
  return (
    <Form write={write} submit={t('save')}>
      <SelectField name="bankId" label={t('bank')} options={banks} empty="" />
      <TextField name="name" label={t('name')} maxLength={80} />
    </Form>
  );
}

function OneClient({ client }: { client: Client }) {
  const t = useBankWords();
  const { label } = useFormats();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const revoke = useWrite(
    (code: string, opId) =>
      answer(
        api.POST('/api/bank-clients/{code}/revoke', {
          params: { path: { code } },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries({ queryKey: ['bank-clients'] }),
  );
  const ended = client.revokedAt !== null;
  return (
    <li className="flex flex-wrap justify-between gap-4 border-b border-line py-3 last:border-b-0">
      <span>
        <span className="font-semibold">{client.name}</span> ({label(client.bank.label)})
        <span className="block text-sm">
          <Code>{client.clientId}</Code>
        </span>
        <Status meaning={ended ? 'stopped' : 'done'}>{t(ended ? 'revoked' : 'inUse')}</Status>
      </span>
      {ended ? null : sure ? (
        <Button look="danger" onPress={() => revoke.mutate(client.clientId)}>
          {t('revokeSure')}
        </Button>
      ) : (
        <Button look="quiet" onPress={() => setSure(true)}>
          {t('revoke')}
        </Button>
      )}
    </li>
  );
}

/** Which banks' systems may use the API; made and revoked here, the secret shown once. */
export function Clients() {
  const t = useBankWords();
  const [made, setMade] = useState<Made | null>(null);
  const clients = useQuery({
    queryKey: ['bank-clients'],
    queryFn: () => answer(api.GET('/api/bank-clients')),
  });
  return (
    <Sheet title={t('clients')} id="clients">
      <Loaded query={clients} shape="line">
        {({ clients: rows }) =>
          rows.length === 0 ? (
            <p className="text-soft">{t('noClients')}</p>
          ) : (
            <ul>
              {rows.map((row) => (
                <OneClient key={row.clientId} client={row} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {made ? (
        <div role="status" className="py-4">
          <p className="font-semibold">{t('secretOnce')}</p>
          <SummaryList
            rows={[
              [t('clientId'), <Code key="id">{made.clientId}</Code>],
              [t('secret'), <Code key="secret">{made.secret}</Code>],
            ]}
          />
        </div>
      ) : null}
      <h3 className="pt-4 pb-2 font-semibold">{t('create')}</h3>
      <CreateForm onMade={setMade} />
    </Sheet>
  );
}
