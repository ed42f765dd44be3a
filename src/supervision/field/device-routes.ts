import { referenceOf } from '../../accounts/index.ts';
import { caseKey, recordOpenings, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { LangQuery } from '../contract.ts';
import { supervisionPermissions as table } from '../policy.ts';
import {
  DeviceKeyAnswer,
  DeviceQuery,
  DevicesAnswer,
  EnrolBody,
  IdAnswer,
  PackAnswer,
  RevokeBody,
} from './contract.ts';
import { takeKey } from './device-keys.ts';
import { enrolDevice, listDevices, noteSeen, ownDevice, revokeDevice } from './devices.ts';
import { packFor } from './pack.ts';

const mayField = { table, permission: 'supervision.field' };
const wholeProvince =
  'a phone’s records touch cases of every agency; whose phone it is is asked first';
const deviceProblems = [
  ...['platform.not_found', 'supervision.device_foreign', 'supervision.device_revoked'],
];

/** Phones that are taken to where there is no signal, and what they take along. */
export const deviceRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.enrolDevice',
    method: 'POST',
    url: '/api/field-devices',
    summary: 'Enrol a phone under the caller’s name, or give it its label and key anew',
    access: mayField,
    body: EnrolBody,
    response: IdAnswer,
    wholeProvince,
    problems: ['supervision.device_foreign', 'supervision.device_revoked'],
    handle: async ({ tx, act, principal, body, house }) => {
      await enrolDevice(tx, act, house.keyring, signedIn(principal), body);
      return { id: body.id };
    },
  }),
  endpoint({
    id: 'supervision.listDevices',
    method: 'GET',
    url: '/api/field-devices',
    summary:
      'Phones with what came from each and what it still holds; all for those who assign visits',
    access: mayField,
    query: LangQuery,
    response: DevicesAnswer,
    wholeProvince,
    handle: async ({ tx, act, principal }) => {
      return { items: await listDevices(tx, act.provinceId, signedIn(principal)) };
    },
  }),
  endpoint({
    id: 'supervision.revokeDevice',
    method: 'POST',
    url: '/api/field-devices/revoke',
    summary: 'Revoke a phone that was lost or wiped, with the reason',
    access: { table, permission: 'supervision.revokeDevice' },
    body: RevokeBody,
    response: IdAnswer,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, body }) => {
      await revokeDevice(tx, act, signedIn(principal), body);
      return { id: body.id };
    },
  }),
  endpoint({
    id: 'supervision.showDeviceKey',
    method: 'GET',
    url: '/api/field-devices/key',
    summary: 'The key of what a phone of the caller’s own keeps, for a PIN that was forgotten',
    access: mayField,
    query: DeviceQuery,
    response: DeviceKeyAnswer,
    wholeProvince,
    problems: deviceProblems,
    handle: async ({ tx, act: { provinceId }, principal, query, reply, house }) => {
      const held = await ownDevice(tx, provinceId, signedIn(principal), query.device, true);
      const dataKey = await takeKey(tx, house.keyring, { ...held, provinceId });
      reply.header('cache-control', 'private, no-store');
      return { dataKey: dataKey.toString('base64url') };
    },
  }),
  endpoint({
    id: 'supervision.showPack',
    method: 'GET',
    url: '/api/field-pack',
    summary: 'What a phone takes along before it leaves: visits, checklists, plans to look in at',
    access: mayField,
    query: DeviceQuery,
    response: PackAnswer,
    wholeProvince,
    problems: deviceProblems,
    handle: async ({ tx, act, principal, query, house, reply }) => {
      const who = signedIn(principal);
      await ownDevice(tx, act.provinceId, who, query.device);
      await noteSeen(tx, act, query.device);
      reply.header('cache-control', 'private, no-store');
      const pack = await packFor(tx, act, await referenceOf(house.database), who);
      const taken = [...pack.visits, ...pack.plannable].map(({ caseCode }) => caseKey(caseCode).id);
      recordOpenings(tx, act, who, taken, 'pack');
      return pack;
    },
  }),
];
