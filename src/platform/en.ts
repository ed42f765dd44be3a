import type { PlatformWords } from './fa.ts';

const en: PlatformWords = {
  problems: {
    bad_request: {
      title: 'The request is incomplete or wrong.',
      next: 'Correct the places shown and send it again.',
    },
    before_rules: {
      title: 'The system holds no rules for this day: {given}',
      next: 'Rules begin on {record}. Check the day.',
    },
    not_signed_in: { title: 'You have to sign in for this.', next: 'Sign in and come back.' },
    wrong_signature: {
      title: 'The signature of this message is missing, wrong or out of date.',
      next: 'Sign the body as it is sent, with SMS_INBOUND_SECRET and by a right clock.',
    },
    invalid_token: {
      title: 'The token of this request is missing, wrong or out of date.',
      next: 'Get a new one from /oauth/token and send it in the Authorization header.',
    },
    insufficient_scope: {
      title: 'This token is not for this act.',
      next: 'Get one with the scope {scope}; if that is refused, ask the administrator.',
    },
    second_factor_first: {
      title: 'You are not quite signed in.',
      next: 'On the sign-in page, show your second factor or set one up.',
    },
    forbidden: {
      title: 'Your role may not do this.',
      next: 'If it should, ask the administrator.',
    },
    not_found: {
      title: 'There is no such thing.',
      next: 'Check the address; the case may not be yours to see.',
    },
    wrong_state: {
      title: 'The case is not in a state that allows this.',
      next: 'Reload the page; somebody else may have acted first.',
    },
    later_step: {
      title: 'A newer step stands on this case and has to be taken back first.',
      next: 'See the case’s history and begin with the newest step.',
    },
    already_recorded: {
      title: 'This contradicts something that is already recorded.',
      next: 'See what is on record; nothing was changed.',
    },
    operation_reused: {
      title: 'This key was used for another request before.',
      next: 'Send a new key for each act.',
    },
    too_large: {
      title: 'What you sent is larger than allowed.',
      next: 'Make it smaller and send it again.',
    },
    unsupported_media: {
      title: 'This kind of content is not accepted.',
      next: 'See which kinds are.',
    },
    op_id_missing: {
      title: 'The request came without its unique key.',
      next: 'Send the header Idempotency-Key with a UUID.',
    },
    too_many_requests: {
      title: 'Too many requests in a row.',
      next: 'Wait a little and send it again.',
    },
    failed: {
      title: 'This could not be done; the fault is ours.',
      next: 'Nothing was left half-done. Try again; if it persists, give the request id to support.',
    },
    busy: { title: 'The system is busy.', next: 'Try again in a moment; nothing was lost.' },
    out_of_room: {
      title: 'The system has no room to keep this.',
      next: 'Nothing was left half-done. Tell its administrator, and send it again later.',
    },
  },
  faults: {
    missing: 'This is missing.',
    type: 'This is not in the right form.',
    format: 'This is not in the right form.',
    too_long: 'This is too long.',
    too_short: 'This is too short.',
    range: 'This is outside the allowed range.',
    choice: 'This is not one of the choices.',
    unknown: 'This is not accepted here.',
  },
};

export default en;
