/** The steps of supporters as the case page says them; a test keeps them equal to their slice's. */
const en = {
  supporterVerb: {
    apply: 'Applied as a supporter',
    assess: 'Capacity found',
    declareDefault: 'Supporter declared in default',
    endDefault: 'Default ended',
    name: 'Covered person named',
    reopen: 'Covered person’s case reopened',
    resume: 'Cover resumed',
    move: 'Moved to another supporter',
    endCover: 'Cover ended',
    offer: 'Contract signed by the supporter',
    accept: 'Contract signed by the covered person',
    decline: 'Contract declined',
    sign: 'Three-party contract signed by the agency',
  },
};

export default en;
