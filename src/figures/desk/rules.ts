/** Who has a case in hand in a state of it, or of its plan; states that nobody has to move are not there. */
export const holderOfState = {
  submitted: 'agency',
  clearance: 'clearing',
  needs_correction: 'applicant',
  agency_signed: 'directorate',
  renewal_asked: 'agency',
  renewal_signed: 'directorate',
  objected: 'directorate',
  referred: 'bank',
  file_opened: 'bank',
  contracted: 'bank',
  returned: 'agency',
} as const satisfies Readonly<Record<string, string>>;

/** The stages of a case's way in their order, as rows of a table stand. */
export const stagesInOrder = Object.keys(holderOfState);

/** States among them that are of the plan and not of the case. */
export const planStages: readonly string[] = ['referred', 'file_opened', 'contracted', 'returned'];
