import {
  type AuthenticationResponseJSON,
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { answer, api, withKey } from '../../../web/api.ts';

/** Whether this browser can hold or show a passkey at all. */
export const knowsPasskeys = browserSupportsWebAuthn;

type Credential = RegistrationResponseJSON | AuthenticationResponseJSON;

/** The credential as the server's contract has it; its inner parts are the standard's. */
const sent = ({ id, rawId, type, response, clientExtensionResults }: Credential) => ({
  ...{ id, rawId, type },
  response: { ...response },
  clientExtensionResults: { ...clientExtensionResults },
});

/** Makes a passkey and gives it to the server. @returns recovery codes, with the first factor */
export async function addPasskey(
  name: string,
  password: string | undefined,
  opId: string,
): Promise<{ recoveryCodes: string[] | null }> {
  const body = password === undefined ? {} : { password };
  const headers = withKey(opId);
  const { options } = await answer(api.POST('/api/my/factors/passkey/options', { body, headers }));
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const response = sent(await startRegistration({ optionsJSON }));
  return answer(api.POST('/api/my/factors/passkey', { body: { name, response }, headers }));
}

/** Shows a passkey to the server, which says whose it is. */
export async function signInByPasskey(opId: string): Promise<void> {
  const headers = withKey(opId);
  const { options } = await answer(api.POST('/api/session/passkey/options', { headers }));
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = sent(await startAuthentication({ optionsJSON }));
  await answer(api.POST('/api/session/passkey', { body: { response }, headers }));
}
