import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { referenceQuery } from '../../web/session.ts';
import { Button } from '../../web/ui/Button.tsx';
import { useShellWords } from '../../web/words.ts';
import { ending, needsReason, shortName, takeStep, type Verb } from './acts.ts';
import type { Case } from './case.ts';
import { useWords, wordFor } from './words.ts';

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

function Reason({ must }: { must: boolean }) {
  const t = useWords();
  return (
    <TextArea
      name="reason"
      label={must ? t('act.reason') : t('act.note')}
      {...(must ? { hint: t('act.reasonHint') } : {})}
      optional={!must}
      rows={3}
    />
  );
}

type ActFormProps = {
  readonly it: Case;
  readonly verb: Verb;
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/** Asks what the step needs, says what it will do, and takes it. */
export function ActForm({ it, verb, onDone, onCancel }: ActFormProps) {
  const t = useWords();
  const shell = useShellWords();
  const queries = useQueryClient();
  const write = useWrite(
    (values: Values, opId) => takeStep(it.code, verb, values, opId),
    async () => {
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference',
      });
      onDone();
    },
  );
  const cancel = (
    <Button look="quiet" onPress={onCancel}>
      {shell('form.cancel')}
    </Button>
  );
  const name = wordFor(t, 'act.button', shortName(verb));
  return (
    <Form
      write={write}
      submit={name}
      look={ending.includes(verb) ? 'danger' : 'primary'}
      end={cancel}
      ready={!needsReason.includes(verb) && verb !== 'permits.refuse'}
    >
      <p>{wordFor(t, 'act.confirm', shortName(verb))}</p>
      {verb === 'permits.refuse' ? <Condition it={it} /> : null}
      <Reason must={needsReason.includes(verb)} />
    </Form>
  );
}
