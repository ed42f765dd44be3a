import { useQueryClient } from '@tanstack/react-query';
import { Form, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { Button } from '../../web/ui/Button.tsx';
import { useShellWords } from '../../web/words.ts';
import { ending, needsReason, quick, shortName, takeStep, type Verb } from './acts.ts';
import type { Case } from './case.ts';
import { DecisionFields } from './decision/DecisionFields.tsx';
import { LifeFields } from './life/LifeFields.tsx';
import { useWords, wordFor } from './words.ts';

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
      ready={quick.includes(verb)}
    >
      <p>{wordFor(t, 'act.confirm', shortName(verb))}</p>
      <DecisionFields it={it} verb={verb} />
      <LifeFields it={it} verb={verb} />
      <Reason must={needsReason.includes(verb)} />
    </Form>
  );
}
