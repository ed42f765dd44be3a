export { noteActivity } from './activity.ts';
export { type CivilRegistry, openCivilRegistry } from './civil-registry.ts';
export { clientRoutes } from './client-routes.ts';
export { createClient, listClients, revokeClient } from './clients.ts';
export {
  accountConstraints,
  accountProblems,
  IsoDay,
  Label,
  Named,
  Nullable,
} from './contract.ts';
export { correctPerson, type PersonCorrection } from './correct-person.ts';
export { dueBy, holidaysOf, limitOn } from './deadlines.ts';
export { countInProvinces, eachOf, eachProvince } from './every-province.ts';
export { resealSecrets } from './factors/totp.ts';
export { followReference } from './follow-reference.ts';
export { addHouseholds, type HouseholdInput, writeHouseholds } from './households.ts';
export { identityJobs, identityState, personOf } from './identity.ts';
export {
  countyLabel,
  labelled,
  occupationLabel,
  organisationLabel,
  provinceCode,
  provinceLabel,
} from './label.ts';
export { loadReference } from './load-reference.ts';
export { nameKey, nameQuery } from './name-key.ts';
export { hashSecret } from './password.ts';
export {
  checkPerson,
  cleanPerson,
  findByNationalId,
  isDemonstration,
  type KnownPerson,
  knowPeople,
  meetPeople,
  type PersonInput,
  personDifferences,
  showTo,
} from './people.ts';
export { accountPermissions } from './policy.ts';
export { insertAccount, type NewAccount } from './queries.ts';
export {
  getCounty,
  getOccupation,
  holdsOn,
  type Reference,
  referenceOf,
  returnReasonsOn,
  settingOn,
} from './reference.ts';
export { accountRoutes } from './routes.ts';
export { readShipped, type ShippedRow } from './shipped-data.ts';
export { changeByCommand } from './staff/actions.ts';
export { findStaffAccount, listAccounts as listStaff } from './staff/queries.ts';
export { staffRoutes, staffTexts } from './staff/routes.ts';
export { staffRoles } from './staff-rules.ts';
