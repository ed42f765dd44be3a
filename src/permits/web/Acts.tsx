import { useState } from 'react';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { BlockedButtons, Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { ActForm } from './ActForm.tsx';
import { type Act, actsOf, blockedActs, ending, shortName, type Verb } from './acts.ts';
import type { Case } from './case.ts';
import { useActKeys } from './use-act-keys.ts';
import { useWords, whyNot, wordFor } from './words.ts';

/** What most readers come to do: the first step that ends nothing. */
const firstAct = (acts: readonly Act[]): Verb | undefined =>
  acts.find(({ verb, enabled }) => enabled && !ending.includes(verb))?.verb;

function Buttons({ acts, onChoose }: { acts: readonly Act[]; onChoose: (verb: Verb) => void }) {
  const t = useWords();
  const name = (verb: Verb) => wordFor(t, 'act.button', shortName(verb));
  const open = acts.filter((act) => act.enabled);
  const first = firstAct(acts);
  return (
    <div className="grid gap-3">
      {open.map(({ verb }) => (
        <Button
          key={verb}
          look={verb === first ? 'primary' : ending.includes(verb) ? 'danger' : 'secondary'}
          onPress={() => onChoose(verb)}
        >
          {verb === first ? <Icon name="check" /> : null}
          {name(verb)}
          {verb === first ? <kbd className="ltr font-sans text-xs font-normal">a</kbd> : null}
        </Button>
      ))}
      {blockedActs(acts).map(([why, verbs]) => (
        <BlockedButtons key={why} why={whyNot(t, why)} names={verbs.map(name)} />
      ))}
    </div>
  );
}

/** What the reader can do with the case now; what cannot be done says why. */
export function Acts({ it }: { it: Case }) {
  const t = useWords();
  const [open, setOpen] = useState<Verb | null>(null);
  const [said, setSaid] = useState('');
  const acts = actsOf(it);
  const enabled = acts.filter((act) => act.enabled).map((act) => act.verb);
  useActKeys(enabled, setOpen);
  const close = () => setOpen(null);
  const name = open ? wordFor(t, 'act.button', shortName(open)) : '';
  const done = () => {
    setSaid(t('act.done', { act: name }));
    close();
  };
  return (
    <div className="no-print">
      <Sheet title={t('case.acts')} id="acts">
        <p role="status" className="text-done">
          {said}
        </p>
        {acts.length === 0 ? <p className="text-soft">{t('case.noActs')}</p> : null}
        <Buttons acts={acts} onChoose={setOpen} />
      </Sheet>
      <Dialog title={name} open={open !== null} onClose={close}>
        {open ? <ActForm it={it} verb={open} onDone={done} onCancel={close} /> : null}
      </Dialog>
    </div>
  );
}
