import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useToday } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Day } from '../../web/ui/Values.tsx';
import { dayOf } from './allocation.ts';
import { type Agenda, BodyFields, bodyOf, calledBy } from './BodyFields.tsx';
import { useWords } from './words.ts';

const sittingVerdicts = ['approved', 'deferred', 'refused'] as const;

const sittingsQuery = queryOptions({
  queryKey: ['sittings'],
  queryFn: ({ signal }) => answer(api.GET('/api/sittings', { signal })),
});

/** A case that was chosen, by its code and its holder's name. */
export type Chosen = { readonly code: string; readonly name: string; readonly kind: string };

/** What was decided about one case: its own verdict and reason where they are given, else those for all. */
function decisionFor(code: string, values: Values) {
  const said = values[`verdict ${code}`] || values.verdict;
  const reason = (values[`reason ${code}`] || values.reason)?.trim();
  const verdict = sittingVerdicts.find((one) => one === said) ?? 'approved';
  return { code, verdict, ...(reason ? { reason } : {}) };
}

/** Records what a sitting decided about the chosen cases. */
function useHolding(
  chosen: readonly Chosen[],
  agenda: Agenda | undefined,
  onDone: (count: number) => void,
) {
  const t = useWords();
  const queries = useQueryClient();
  const today = useToday();
  return useWrite(
    async (values: Values, opId) => {
      const body = {
        ...(agenda ? calledBy(agenda) : bodyOf(values)),
        heldOn: dayOf(values, 'heldOn', t('form.wrongDay')) ?? today,
        members: (values.members ?? '').split('\n').flatMap((line) => line.trim() || []),
        decisions: chosen.map(({ code }) => decisionFor(code, values)),
      };
      return answer(api.POST('/api/sittings', { headers: withKey(opId), body }));
    },
    async () => {
      await queries.invalidateQueries({ queryKey: ['sittings'] });
      await queries.invalidateQueries({ queryKey: ['agendas'] });
      onDone(chosen.length);
    },
  );
}

/** Which body sat, where and when, and who was there; what an agenda says already is not asked again. */
function SittingFields({ agenda }: { agenda: Agenda | undefined }) {
  const t = useWords();
  const { day } = useFormats();
  const today = day(useToday(), 'short');
  return (
    <>
      {agenda ? null : <BodyFields />}
      <TextField name="heldOn" label={t('sitting.heldOn')} defaultValue={today} ltr />
      <TextArea
        name="members"
        label={t('sitting.members')}
        hint={t('sitting.membersHint')}
        rows={3}
      />
    </>
  );
}

/** A verdict and a reason of its own for each case; where nothing is chosen, those for all count. */
function Apart({ chosen }: { chosen: readonly Chosen[] }) {
  const t = useWords();
  if (chosen.length < 2) return null;
  return (
    <details>
      <summary className="cursor-pointer font-semibold">{t('sitting.apart')}</summary>
      <ol>
        {chosen.map(({ code, name }) => (
          <li key={code} className="grid gap-2 border-b border-line py-3 last:border-b-0">
            <SelectField
              name={`verdict ${code}`}
              label={t('sitting.verdictFor', { name })}
              options={sittingVerdicts.map((id) => ({ id, name: t(`sitting.verdicts.${id}`) }))}
              empty={t('sitting.asAll')}
              optional
            />
            <TextField
              name={`reason ${code}`}
              label={t('sitting.reasonFor', { name })}
              maxLength={500}
              optional
            />
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Which sitting decided what about the chosen cases, and why. */
export function SittingForm({
  chosen,
  agenda,
  onDone,
}: {
  chosen: readonly Chosen[];
  /** The agenda whose cases these are, where one called the sitting. */
  agenda?: Agenda;
  onDone: (count: number) => void;
}) {
  const t = useWords();
  const holding = useHolding(chosen, agenda, onDone);
  return (
    <Form write={holding} submit={t('form.save')}>
      <SittingFields agenda={agenda} />
      <SelectField
        name="verdict"
        label={t('sitting.verdict')}
        options={sittingVerdicts.map((id) => ({ id, name: t(`sitting.verdicts.${id}`) }))}
        defaultValue="approved"
      />
      <TextArea
        name="reason"
        label={t('form.reason')}
        hint={t('sitting.reasonHint')}
        rows={2}
        optional
      />
      <Apart chosen={chosen} />
    </Form>
  );
}

/** The sittings that were recorded, each with its minutes. */
export function Sittings() {
  const t = useWords();
  const { label, count, digits } = useFormats();
  const { data } = useQuery(sittingsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <div className="pt-6">
      <Sheet title={t('sitting.list')} id="sittings">
        <ul>
          {data.items.map((one) => (
            <li key={one.code} className="border-b border-line py-3 last:border-b-0">
              <p className="font-semibold">
                {t('sitting.line', {
                  body: t(`sitting.bodies.${one.body === 'county' ? 'county' : 'technical'}`),
                  place: label(one.county?.label),
                  number: digits(`${one.fiscalYear}/${one.number}`),
                })}
              </p>
              <p className="flex flex-wrap gap-x-4 text-sm text-soft">
                <Day iso={one.heldOn} />
                <span>
                  {t('sitting.counts', {
                    approved: count(one.approved),
                    deferred: count(one.deferred),
                    refused: count(one.refused),
                  })}
                </span>
                <a className="link" href={`/api/sittings/${one.code}/minutes.pdf`}>
                  {t('sitting.minutes')}
                </a>
              </p>
            </li>
          ))}
        </ul>
      </Sheet>
    </div>
  );
}
