import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { BlockedButtons, Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { useShellWords } from '../../web/words.ts';
import type { CaseVerb, LifeAct } from '../rules.ts';
import type { Case } from './case.ts';
import { DecisionFields } from './decision/DecisionFields.tsx';
import { decisionBody } from './decision/decision-body.ts';
import { LifeFields } from './life/LifeFields.tsx';
import { isLifeAct, lifePaths, sendLifeAct } from './life/life-act.ts';
import { useActKeys } from './use-act-keys.ts';
import { useWords, whyNot, wordFor } from './words.ts';

/** Where each verb is posted; the compiler holds the list against the server's own. */
const actPaths = {
  'permits.sign': '/api/permits/{code}/sign',
  'permits.grant': '/api/permits/{code}/grant',
  'permits.returnForCorrection': '/api/permits/{code}/return-for-correction',
  'permits.correct': '/api/permits/{code}/correct',
  'permits.refuse': '/api/permits/{code}/refuse',
  'permits.withdraw': '/api/permits/{code}/withdraw',
  'permits.askClearance': '/api/permits/{code}/ask-clearance',
  'permits.clear': '/api/permits/{code}/clear',
  'permits.denyClearance': '/api/permits/{code}/deny-clearance',
  'permits.object': '/api/permits/{code}/object',
  'permits.uphold': '/api/permits/{code}/uphold',
  'permits.overturn': '/api/permits/{code}/overturn',
  'permits.confirm': '/api/permits/{code}/confirm',
  'permits.revoke': '/api/permits/{code}/revoke',
  ...lifePaths,
  'permits.takeBack': '/api/permits/{code}/take-back',
} as const satisfies Record<CaseVerb | LifeAct | 'permits.takeBack', string>;
type Verb = keyof typeof actPaths;

const ending: readonly string[] = [
  'permits.refuse',
  'permits.denyClearance',
  'permits.uphold',
  'permits.suspend',
  'permits.refuseRenewal',
  'permits.revoke',
  'permits.end',
  'permits.withdraw',
  'permits.takeBack',
];
const needsReason: readonly string[] = [
  'permits.object',
  'permits.uphold',
  'permits.overturn',
  'permits.suspend',
  'permits.reinstate',
  'permits.refuseRenewal',
  'permits.end',
  'permits.revoke',
  'permits.takeBack',
];

/** Acts that ask nothing back: Enter is the answer. */
const quick: readonly string[] = [
  'permits.sign',
  'permits.grant',
  'permits.signRenewal',
  'permits.renew',
];

const isVerb = (verb: string): verb is Verb => verb in actPaths;
const shortName = (verb: Verb): string => verb.replace('permits.', '');

function ActForm({
  it,
  verb,
  onDone,
  onCancel,
}: {
  it: Case;
  verb: Verb;
  onDone: () => void;
  onCancel: () => void;
}) {
  const t = useWords();
  const shell = useShellWords();
  const queries = useQueryClient();
  const write = useWrite(
    (values: Values, opId) => {
      if (isLifeAct(verb)) return sendLifeAct(verb, it.code, values, opId);
      const sent = { params: { path: { code: it.code } }, headers: withKey(opId) };
      if (verb === 'permits.takeBack') {
        return answer(api.POST(actPaths[verb], { ...sent, body: { reason: values.reason ?? '' } }));
      }
      return answer(api.POST(actPaths[verb], { ...sent, body: decisionBody(values) }));
    },
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
      submit={wordFor(t, 'act.button', shortName(verb))}
      look={ending.includes(verb) ? 'danger' : 'primary'}
      ready={quick.includes(verb)}
      end={
        <Button look="quiet" onPress={onCancel}>
          {shell('form.cancel')}
        </Button>
      }
    >
      <p>{wordFor(t, 'act.confirm', shortName(verb))}</p>
      <DecisionFields it={it} verb={verb} />
      <LifeFields it={it} verb={verb} />
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
  const [open, setOpen] = useState<Verb | null>(null);
  const [said, setSaid] = useState('');
  const acts = it.acts.flatMap((act) => (isVerb(act.verb) ? [{ ...act, verb: act.verb }] : []));
  const blocked = Map.groupBy(
    acts.filter((act) => !act.enabled),
    ({ why }) => why ?? '',
  );
  const first = acts.find((act) => act.enabled && !ending.includes(act.verb))?.verb;
  const enabled = acts.filter((act) => act.enabled).map((act) => act.verb);
  useActKeys(enabled, setOpen);
  const close = () => setOpen(null);
  const done = (verb: Verb) => {
    setSaid(t('act.done', { act: wordFor(t, 'act.button', shortName(verb)) }));
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
          {acts
            .filter((act) => act.enabled)
            .map(({ verb }) => (
              <Button
                key={verb}
                look={verb === first ? 'primary' : ending.includes(verb) ? 'danger' : 'secondary'}
                onPress={() => setOpen(verb)}
              >
                {verb === first ? <Icon name="check" /> : null}
                {wordFor(t, 'act.button', shortName(verb))}
              </Button>
            ))}
          {[...blocked].map(([why, those]) => (
            <BlockedButtons
              key={why}
              why={whyNot(t, why)}
              names={those.map(({ verb }) => wordFor(t, 'act.button', shortName(verb)))}
            />
          ))}
        </div>
      </Sheet>
      {open ? (
        <Dialog title={wordFor(t, 'act.button', shortName(open))} open onClose={close}>
          <ActForm it={it} verb={open} onDone={() => done(open)} onCancel={close} />
        </Dialog>
      ) : null}
    </div>
  );
}
