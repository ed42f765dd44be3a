import { expect, test } from 'vitest';
import { decisionBody, itemName, noteName, unmetName } from './decision-body.ts';

test.each([
  [{}, {}],
  [{ reason: '', reference: '' }, {}],
  [
    { reason: 'r', conditionNumber: '6' },
    { reason: 'r', conditionNumber: 6 },
  ],
  [{ [unmetName(23)]: 'on', [unmetName(6)]: 'on' }, { conditionNumbers: [23, 6] }],
  [{ conditions: ' one \n\ntwo' }, { conditions: ['one', 'two'] }],
  [
    { [itemName(23)]: 'on', [noteName(23)]: 'blurred', [noteName(24)]: 'not ticked' },
    { items: [{ number: 23, note: 'blurred' }] },
  ],
  [
    { [itemName('address')]: 'on', [noteName('address')]: 'no street' },
    { items: [{ field: 'address', note: 'no street' }] },
  ],
] as const)('%j is sent as %j', (values, body) => {
  expect(decisionBody(values as Record<string, string>)).toEqual(body);
});
