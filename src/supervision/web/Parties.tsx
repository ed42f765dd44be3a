import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { referenceQuery, useAccount } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { partyMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Visit = Answer<'/api/visits/{code}'>;
type Party = Visit['parties'][number];

function AskForm({ visit }: { visit: Visit }) {
  const t = useWords();
  const { label } = useFormats();
  const queries = useQueryClient();
  const { data } = useQuery(referenceQuery);
  const write = useWrite(
    ({ organisation = '' }: Values, opId) =>
      answer(
        api.POST('/api/visits/{code}/parties', {
          params: { path: { code: visit.code } },
          body: { organisation },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries(),
  );
  const there = [visit.agency.id, ...visit.parties.map(({ organisation }) => organisation.id)];
  const options = (data?.agencies ?? [])
    .filter(({ id }) => !there.includes(id))
    .map((one) => ({ id: one.id, name: label(one.label) }));
  return (
    <Form write={write} submit={t('parties.ask')} look="secondary">
      <SelectField name="organisation" label={t('parties.which')} options={options} empty="" />
    </Form>
  );
}

function ExcuseForm({ code, party }: { code: string; party: Party }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/visits/{code}/parties/excuse', {
          params: { path: { code } },
          body: { organisation: party.organisation.id, reason },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries(),
  );
  return (
    <details>
      <summary className="w-fit pb-2 font-semibold">{t('parties.excuse')}</summary>
      <Form write={write} submit={t('parties.excuse')} look="secondary">
        <TextField name="reason" label={t('parties.reason')} />
      </Form>
    </details>
  );
}

/** The agencies that were asked to join a visit, who signed for them, and the means to ask or excuse one. */
export function Parties({ visit }: { visit: Visit }) {
  const t = useWords();
  const { label } = useFormats();
  const { permissions = [] } = useAccount() ?? {};
  const open = visit.state === 'planned' || visit.state === 'assigned';
  const may = permissions.includes('supervision.askParty') && open && visit.channel === 'field';
  if (visit.parties.length === 0 && !may) return null;
  return (
    <Sheet title={t('parties.title')} id="parties">
      <ul className="pb-4">
        {visit.parties.map((party) => (
          <li key={party.organisation.id} className="border-b border-line py-2 last:border-b-0">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-semibold">{label(party.organisation.label)}</span>
              <Status meaning={partyMeaning(party.state)}>
                {wordFor(t, 'parties.states', party.state)}
              </Status>
            </span>
            <span className="block text-sm text-soft">{party.signer ?? party.excusedReason}</span>
            {may && party.state === 'asked' ? <ExcuseForm code={visit.code} party={party} /> : null}
          </li>
        ))}
      </ul>
      {may ? <AskForm visit={visit} /> : null}
    </Sheet>
  );
}
