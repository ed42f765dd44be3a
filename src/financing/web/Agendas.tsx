import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useToday } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Day } from '../../web/ui/Values.tsx';
import { dayOf } from './allocation.ts';
import { type Agenda, agendasQuery, BodyFields, bodyOf } from './BodyFields.tsx';
import { type Chosen, SittingForm } from './Sittings.tsx';
import { useWords } from './words.ts';

/** Calls a sitting about the chosen cases: who sits, and when. */
export function AgendaForm({
  chosen,
  onDone,
}: {
  chosen: readonly Chosen[];
  onDone: (count: number) => void;
}) {
  const t = useWords();
  const { day } = useFormats();
  const queries = useQueryClient();
  const today = useToday();
  const calling = useWrite(
    async (values: Values, opId) => {
      const meetsOn = dayOf(values, 'meetsOn', t('form.wrongDay')) ?? today;
      const body = { ...bodyOf(values), meetsOn, cases: chosen.map(({ code }) => code) };
      return answer(api.POST('/api/agendas', { headers: withKey(opId), body }));
    },
    async () => {
      await queries.invalidateQueries({ queryKey: ['agendas'] });
      onDone(chosen.length);
    },
  );
  return (
    <Form write={calling} submit={t('form.save')}>
      <BodyFields />
      <TextField
        name="meetsOn"
        label={t('sitting.meetsOn')}
        defaultValue={day(today, 'short')}
        ltr
      />
    </Form>
  );
}

function useDropping() {
  const queries = useQueryClient();
  return useWrite(
    (code: string, opId) => {
      const params = { path: { code } };
      return answer(api.POST('/api/agendas/{code}/drop', { headers: withKey(opId), params }));
    },
    () => queries.invalidateQueries({ queryKey: ['agendas'] }),
  );
}

function Line({ it, onHold }: { it: Agenda; onHold: () => void }) {
  const t = useWords();
  const { label, count } = useFormats();
  const dropping = useDropping();
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="font-semibold">
        {t('sitting.agendaLine', {
          body: t(`sitting.bodies.${it.body}`),
          place: label(it.county?.label),
        })}
      </p>
      <p className="flex flex-wrap gap-x-4 text-sm text-soft">
        <Day iso={it.meetsOn} />
        <span>{t('sitting.agendaCases', { count: count(it.cases.length) })}</span>
        <a className="link" href={`/api/agendas/${it.code}/agenda.pdf`}>
          {t('sitting.agenda')}
        </a>
      </p>
      <p className="flex flex-wrap gap-3 pt-2">
        <Button compact onPress={onHold}>
          {t('sitting.hold')}
        </Button>
        <Button
          look="quiet"
          compact
          pending={dropping.isPending}
          onPress={() => dropping.mutate(it.code)}
        >
          {t('sitting.drop')}
        </Button>
      </p>
    </li>
  );
}

/** The sittings to come, each with its agenda as a paper, and where what was decided is recorded. */
export function Agendas() {
  const t = useWords();
  const { count } = useFormats();
  const { data } = useQuery(agendasQuery);
  const [held, setHeld] = useState<Agenda | null>(null);
  const [said, setSaid] = useState('');
  const close = () => setHeld(null);
  const done = (number: number) => {
    close();
    setSaid(t('sitting.done', { count: count(number) }));
  };
  const items = data?.items ?? [];
  return (
    <>
      <p role="status">{said}</p>
      {items.length === 0 ? null : (
        <div className="pb-6">
          <Sheet title={t('sitting.agendas')} id="agendas">
            <ul>
              {items.map((it) => (
                <Line key={it.code} it={it} onHold={() => setHeld(it)} />
              ))}
            </ul>
          </Sheet>
        </div>
      )}
      <Dialog title={t('sitting.title')} open={held !== null} onClose={close}>
        {held ? <SittingForm chosen={held.cases} agenda={held} onDone={done} /> : null}
      </Dialog>
    </>
  );
}
