import { answer, api, withKey } from '../../../web/api.ts';
import type { Values } from '../../../web/form/Form.tsx';
import type { LifeAct } from '../../rules.ts';

/** Where each step of a permit's life is posted, besides the two that take more than words. */
const plainPaths = {
  'permits.suspend': '/api/permits/{code}/suspend',
  'permits.reinstate': '/api/permits/{code}/reinstate',
  'permits.askRenewal': '/api/permits/{code}/ask-renewal',
  'permits.signRenewal': '/api/permits/{code}/sign-renewal',
  'permits.renew': '/api/permits/{code}/renew',
  'permits.refuseRenewal': '/api/permits/{code}/refuse-renewal',
  'permits.end': '/api/permits/{code}/end',
} as const satisfies Partial<Record<LifeAct, string>>;

/** Where every step of a permit's life is posted; the compiler holds the list against the server's own. */
export const lifePaths = {
  ...plainPaths,
  'permits.changeAddress': '/api/permits/{code}/change-address',
  'permits.changeOccupation': '/api/permits/{code}/change-occupation',
} as const satisfies Record<LifeAct, string>;

/** Whether a verb is a step of a permit's life. */
export const isLifeAct = (verb: string): verb is LifeAct => verb in lifePaths;

/** The words of a form, without what is empty. */
function words(values: Values) {
  const { reason, conditionNumber } = values;
  return {
    ...(reason ? { reason } : {}),
    ...(conditionNumber ? { conditionNumber: Number(conditionNumber) } : {}),
  };
}

/** Where the holder lives and works from now on, as the form gives it. */
function householdOf(values: Values) {
  const { countyId = '', area, address, postalCode } = values;
  return {
    countyId,
    area: area === 'rural' ? ('rural' as const) : ('urban' as const),
    ...(address ? { address } : {}),
    ...(postalCode ? { postalCode } : {}),
  };
}

/** Takes a step of a permit's life with what its form gave. */
export function sendLifeAct(verb: LifeAct, code: string, values: Values, opId: string) {
  const sent = { params: { path: { code } }, headers: withKey(opId) };
  const { conditionNumber, ...said } = words(values);
  if (verb === 'permits.changeAddress') {
    const body = { ...said, household: householdOf(values) };
    return answer(api.POST(lifePaths[verb], { ...sent, body }));
  }
  if (verb === 'permits.changeOccupation') {
    const body = { ...said, occupationId: values.occupationId ?? '' };
    return answer(api.POST(lifePaths[verb], { ...sent, body }));
  }
  const body = { ...said, ...(conditionNumber ? { conditionNumber } : {}) };
  return answer(api.POST(plainPaths[verb], { ...sent, body }));
}
