import type { Fact } from '../facts.ts';
import { boundsOf } from './bounds.ts';
import { type Checked, type Finding, hasCue } from './finding.ts';

/** A later stage is no larger than an earlier one, unless something was carried over from before. */
const stages = ['permits_issued', 'plans_referred', 'plans_funded'] as const;

/** Parts that are said to be of a whole, stages of the way, and the same number said twice. */
export function checkFunnel(checked: Checked): Finding[] {
  return [...checkSubsets(checked), ...checkStages(checked), ...checkRepeats(checked)];
}

const counted = ['plans', 'permits', 'people', 'jobs'];
const isCount = (fact: Fact) => counted.includes(fact.class);

/** «از این تعداد ۳۲ طرح»: of the last number before. */
function checkSubsets({ scan, facts }: Checked): Finding[] {
  return facts.flatMap((part): Finding[] => {
    if (!isCount(part)) return [];
    const { first } = part.mention;
    if (!hasCue(scan, 'ofThese', first - 7, first)) return [];
    const whole = facts.findLast(
      (fact) => fact.index < part.index && isCount(fact) && part.sentence - fact.sentence <= 1,
    );
    if (!whole) return [];
    const values = { part: part.size, whole: whole.size };
    const facts2 = [part, whole];
    if (part.size <= boundsOf(whole).high) {
      return [{ kind: 'subset', facts: facts2, verdict: 'holds', note: 'subsetHolds', values }];
    }
    const sure = part.class === whole.class && part.hedge === 'exact' && whole.hedge === 'exact';
    return [
      {
        kind: 'subset',
        facts: facts2,
        verdict: sure ? 'fails' : 'unsure',
        note: 'subsetFails',
        values,
      },
    ];
  });
}

function checkStages({ facts }: Checked): Finding[] {
  return stages.slice(1).flatMap((measure, at) => {
    const later = facts.find((fact) => fact.measure === measure && isTotal(fact));
    const earlier = facts.findLast(
      (fact) => fact.measure === stages[at] && isTotal(fact) && fact.period === later?.period,
    );
    if (!later || !earlier || Math.abs(later.sentence - earlier.sentence) > 2) return [];
    if (later.size <= earlier.size) return [];
    const values = { part: later.size, whole: earlier.size };
    return [
      { kind: 'stage', facts: [later, earlier], verdict: 'unsure', note: 'stageMore', values },
    ];
  });
}

const isTotal = ({ agency, kind, class: kin }: Fact) =>
  agency === undefined && kind === undefined && counted.includes(kin);

/** A headline's «بیش از ۲۲۰۰ نفر» beside the 2,240 of the text. */
function checkRepeats({ facts }: Checked): Finding[] {
  const found: Finding[] = [];
  for (const loose of facts) {
    if (!['over', 'about', 'nearly', 'at_least'].includes(loose.hedge)) continue;
    if (!isCount(loose) && loose.class !== 'money') continue;
    const same = facts.find(
      (fact) =>
        fact !== loose &&
        fact.measure === loose.measure &&
        fact.hedge === 'exact' &&
        fact.agency === loose.agency &&
        fact.kind === loose.kind &&
        Math.abs(fact.size - loose.size) <= loose.size * 0.06 &&
        fact.size !== loose.size,
    );
    if (!same) continue;
    const { low, high } = boundsOf(loose);
    const within = same.size >= low && same.size <= high;
    const values = { part: same.size, whole: loose.size };
    const verdict = within ? 'holds' : 'unsure';
    found.push({
      kind: 'repeat',
      facts: [loose, same],
      verdict,
      note: within ? 'repeatHolds' : 'repeatDiffers',
      values,
    });
  }
  return found;
}
