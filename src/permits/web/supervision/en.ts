import type visitsFa from './fa.ts';

const visitsEn: typeof visitsFa = {
  visitVerb: {
    plan: 'Visit planned',
    assign: 'Visit assigned',
    pass: 'Visit: all in order',
    orderCorrection: 'Visit: to be put right',
    findDeviation: 'Visit: deviation',
    cancel: 'Visit called off',
    askParty: 'Asking an agency to join',
    excuseParty: 'Excusing an agency',
    takeBack: 'Take back the newest step of a visit',
    keepChecklist: 'A new version of a checklist',
    hear: 'Holder heard',
    propose: 'Agency’s proposal',
    returnProposal: 'Proposal sent back',
    agree: 'Bank agreed',
    appeal: 'Holder’s appeal',
    upholdMeasure: 'Appeal refused',
    overturnMeasure: 'Appeal allowed',
    carryOut: 'Decision carried out',
    askOverride: 'Payment without a visit asked for',
    grantOverride: 'Payment without a visit allowed',
    refuseOverride: 'Payment without a visit refused',
  },
  jobVerb: {
    register: 'Job registered',
    registerUncounted: 'Job recorded without being counted',
    raisePromise: 'Promise raised',
    verify: 'Job verified',
    dispute: 'Job not borne out',
    confirmAlive: 'Job alive after a year',
    agree: 'Second look: it was true',
    disagree: 'Second look: it was not true',
    end: 'Job ended',
    takeBack: 'Take back the newest step',
  },
};

export default visitsEn;
