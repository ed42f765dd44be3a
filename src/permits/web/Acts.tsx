import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/useWrite.ts';
import { useFormats } from '../../web/format.ts';
import { referenceQuery } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { useShellWords } from '../../web/words.ts';
import type { CaseVerb } from '../rules.ts';
import type { Case } from './CasePage.tsx';
import { useWords, verbFor } from './words.ts';

/** Where each verb is posted; the compiler holds the list against the server's own. */
const actPaths = {
  'permits.sign': '/api/permits/{code}/sign',
  'permits.grant': '/api/permits/{code}/grant',
  'permits.returnForCorrection': '/api/permits/{code}/return-for-correction',
  'permits.correct': '/api/permits/{code}/correct',
  'permits.refuse': '/api/permits/{code}/refuse',
  'permits.withdraw': '/api/permits/{code}/withdraw',
  'permits.revoke': '/api/permits/{code}/revoke',
} as const satisfies Record<CaseVerb, string>;

const ending: readonly string[] = ['permits.refuse', 'permits.revoke', 'permits.withdraw'];
const needsReason: readonly string[] = ['permits.returnForCorrection', 'permits.revoke'];

const isCaseVerb = (verb: string): verb is CaseVerb => verb in actPaths;

function whyWord(t: ReturnType<typeof useWords>, code: string): string {
  if (code === 'platform.wrong_state') return t('why.wrong_state');
  return code === 'permits.same_signer' ? t('why.same_signer') : t('why.other');
}

/** The conditions by whose number an application of this occupation can be refused. */
function Condition({ it }: { it: Case }) {
  const t = useWords();
  const { label, digits } = useFormats();
  const { data } = useQuery(referenceQuery);
  const family = data?.occupations.find(({ id }) => id === it.occupation.id)?.family;
  const options = (data?.refusalConditions ?? [])
    .filter((condition) => condition.family === null || condition.family === family)
    .map((condition) => ({
      id: String(condition.number),
      name: `${digits(condition.number)}. ${label(condition.label)}`,
    }));
  return (
    <SelectField
      name="conditionNumber"
      label={t('act.condition')}
      hint={t('act.conditionHint')}
      empty={t('act.choose')}
      options={options}
    />
  );
}

function ActForm({
  it,
  verb,
  onDone,
  onCancel,
}: {
  it: Case;
  verb: CaseVerb;
  onDone: () => void;
  onCancel: () => void;
}) {
  const t = useWords();
  const shell = useShellWords();
  const queries = useQueryClient();
  const write = useWrite(
    (values: Values, opId) =>
      answer(
        api.POST(actPaths[verb], {
          params: { path: { code: it.code } },
          body: {
            ...(values.reason ? { reason: values.reason } : {}),
            ...(values.conditionNumber ? { conditionNumber: Number(values.conditionNumber) } : {}),
          },
          headers: withKey(opId),
        }),
      ),
    async () => {
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference',
      });
      onDone();
    },
  );
  const must = needsReason.includes(verb);
  return (
    <Form
      write={write}
      submit={verbFor(t, 'verb', verb)}
      look={ending.includes(verb) ? 'danger' : 'primary'}
      end={
        <Button look="quiet" onPress={onCancel}>
          {shell('form.cancel')}
        </Button>
      }
    >
      <p>{verbFor(t, 'act.confirm', verb)}</p>
      {verb === 'permits.refuse' ? <Condition it={it} /> : null}
      <TextArea
        name="reason"
        label={must ? t('act.reason') : t('act.note')}
        {...(must ? { hint: t('act.reasonHint') } : {})}
        optional={!must}
        rows={3}
      />
    </Form>
  );
}

/** What the reader can do with the case now; what cannot be done says why. */
export function Acts({ it }: { it: Case }) {
  const t = useWords();
  const [open, setOpen] = useState<CaseVerb | null>(null);
  const [said, setSaid] = useState('');
  const acts = it.acts.filter((act) => isCaseVerb(act.verb));
  const first = acts.find((act) => act.enabled && !ending.includes(act.verb))?.verb;
  const close = () => setOpen(null);
  const done = (verb: CaseVerb) => {
    setSaid(t('act.done', { act: verbFor(t, 'verb', verb) }));
    close();
  };
  return (
    <div className="no-print">
      <Sheet title={t('case.acts')} id="acts">
        <p role="status" className="text-done">
          {said}
        </p>
        {acts.length === 0 ? <p className="text-soft">{t('case.noActs')}</p> : null}
        <div className="grid gap-3">
          {acts.map(({ verb, enabled, why }) =>
            isCaseVerb(verb) ? (
              <Button
                key={verb}
                look={verb === first ? 'primary' : ending.includes(verb) ? 'danger' : 'secondary'}
                whyNot={enabled ? undefined : whyWord(t, why ?? '')}
                onPress={() => setOpen(verb)}
              >
                {verb === first ? <Icon name="check" /> : null}
                {verbFor(t, 'verb', verb)}
              </Button>
            ) : null,
          )}
        </div>
      </Sheet>
      {open ? (
        <Dialog title={verbFor(t, 'verb', open)} open onClose={close}>
          <ActForm it={it} verb={open} onDone={() => done(open)} onCancel={close} />
        </Dialog>
      ) : null}
    </div>
  );
}
