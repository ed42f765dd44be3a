import bazaars from './bazaars/en.ts';
import type { MarketWords } from './fa.ts';
import materials from './materials/en.ts';
import requests from './requests/en.ts';

const en: MarketWords = {
  verbs: {
    openStall: 'Open a stall',
    showMyStalls: 'See one’s own stall',
    changeStall: 'Change a stall',
    keepProducts: 'Keep one’s own products',
    reserve: 'Kept for a payment',
    order: 'Order',
    receivePayment: 'Payment received',
    lapse: 'Time to pay ran out',
    cancelOrder: 'Order called off',
    declineOrder: 'Order declined',
    acceptOrder: 'Order accepted',
    sendOrder: 'Sent',
    deliverOrder: 'Delivered',
    askReturn: 'Return asked for',
    acceptReturn: 'Return accepted',
    refuseReturn: 'Return refused',
    showOrder: 'See an order',
    actOnOrder: 'Act on an order',
    settle: 'Settle with makers, answer complaints',
    showStatement: 'See a statement',
  },
  label: {
    homeMade: 'Made in a home kitchen',
    ingredients: 'Ingredients',
    weight: 'Weight',
    madeOn: 'Made on',
    bestUntil: 'Best before',
    maker: 'Maker',
    makerOf: '{name}, {place}',
    placeOf: '{county}, {province}',
    permit: 'Permit number',
    health: 'Health number',
    allergens: 'Allergens: {list}',
    noAllergens: 'No known allergens.',
    demonstration: 'Demonstration; not for sale',
  },
  allergens: {
    gluten: 'gluten',
    milk: 'milk',
    egg: 'egg',
    nuts: 'nuts',
    peanut: 'peanut',
    sesame: 'sesame',
    soy: 'soy',
    fish: 'fish',
    mustard: 'mustard',
  },
  sms: {
    newOrder: 'There is a new order for your stall ({order}). See “My stall”.',
    accepted: 'The maker accepted your order {order}.',
    declined: 'The maker declined your order {order}. What you paid comes back.',
    sent: 'Your order {order} was sent.',
    lapsed: 'The time to pay for order {order} is over; it was cancelled.',
    cancelled: 'The buyer called off order {order} before you accepted it.',
    returnAsked: 'The buyer would send back some of order {order}. See “My stall”.',
    returnAccepted: 'The return from order {order} was accepted.',
    returnRefused:
      'The return from order {order} was refused. See why under “My purchases”; you can complain.',
    message: 'You have a message about order {order}.',
    complaintAnswered: 'The directorate answered your complaint about order {order}.',
  },
  orderStates: {
    unpaid: 'Waits for payment',
    placed: 'Waits for the maker',
    accepted: 'Being made ready',
    sent: 'Sent',
    delivered: 'Delivered',
    return_asked: 'Return asked for',
    returned: 'Sent back',
    cancelled: 'Cancelled',
  },
  parties: {
    buyer: 'Buyer',
    maker: 'Maker',
    office: 'Directorate',
    gateway: 'Payment gateway',
    clock: 'System',
  },
  transferKinds: {
    sold: 'Sale',
    commission: 'Commission',
    returned: 'Goods taken back',
    commission_returned: 'Commission given back',
    paid_out: 'Paid to the maker',
  },
  statement: {
    title: 'Statement of {stall}',
    period: '{from} to {to}',
    day: 'Day',
    what: 'What',
    order: 'Order',
    rial: 'Rial',
    opening: 'Brought forward',
    closing: 'Carried forward',
    demonstration: 'Demonstration',
  },
  measures: {
    businesses_in_market: {
      label: 'Businesses linked to the market',
      definition: 'Permits for which a stall was opened in the period; each permit once.',
    },
    businesses_selling: {
      label: 'Businesses selling now',
      definition:
        'Open stalls with a valid permit at this moment; it falls at once when a stall closes or a permit ends.',
    },
    sales: {
      label: 'Sales',
      definition: 'Orders of the market that came to their buyers in the period.',
    },
    rial_sold: {
      label: 'Amount sold',
      definition: 'Price of the orders delivered in the period, before what was sent back.',
    },
    returns: {
      label: 'Returns',
      definition: 'Orders of which a return was accepted in the period.',
    },
    rial_returned: {
      label: 'Amount sent back',
      definition: 'Price of what was sent back in the period.',
    },
  },
  standings: {
    valid: 'Valid',
    suspended: 'Suspended',
    expired: 'Expired',
    revoked: 'Revoked',
    ended: 'Ended',
  },
  problems: {
    permit_not_valid: {
      title: 'Nothing can be sold under this permit now.',
      next: 'Only the holder of a valid permit has a stall. If it is suspended or expired, put that right first.',
    },
    stall_closed: {
      title: 'This stall is closed.',
      next: 'Order once it opens again, or buy from another.',
    },
    not_sent_there: {
      title: '“{title}” is not sent there.',
      next: 'Give another address, or ask a maker who sends there.',
    },
    fetched_apart: {
      title: 'You fetch “{title}” yourself, and the rest is sent.',
      next: 'Order what you fetch by itself.',
    },
    address_missing: {
      title: 'Where the order goes was not said.',
      next: 'Give the province and the address of whoever receives it.',
    },
    county_missing: {
      title: '“{title}” is sent within one county only.',
      next: 'Choose the county of whoever receives it.',
    },
    own_product: {
      title: 'This is your own stall.',
      next: 'Nobody buys from their own stall.',
    },
    no_gateway: {
      title: 'There is no online payment here.',
      next: 'Choose to pay on delivery.',
    },
    return_too_late: {
      title: 'It is too late to send it back.',
      next: 'That was possible until {until}. If something is wrong with it, complain.',
    },
    return_of_nothing: {
      title: 'You have not said what you send back.',
      next: 'Give a number for at least one product, no more than came.',
    },
    complaint_open: {
      title: 'Your earlier complaint is still open.',
      next: 'You will see the directorate’s answer here.',
    },
    complaint_answered: {
      title: 'There is no open complaint about this order.',
      next: 'Reload the list of complaints.',
    },
    not_delivered: {
      title: 'This order was not delivered yet.',
      next: 'Rate it once it came.',
    },
    rated_already: {
      title: 'You have rated this order.',
      next: 'Each order has one rating.',
    },
    more_than_due: {
      title: 'That is more than the maker is owed.',
      next: '{due} rial are due now.',
    },
    payout_twice: {
      title: 'This bank reference was recorded before.',
      next: 'Check the bank’s reference.',
    },
    ingredients_missing: {
      title: 'The ingredients of this food are missing.',
      next: 'Write down all that is in it, by amount.',
    },
    health_number_missing: {
      title: 'The health number of this food is missing.',
      next: 'Write the number that the health ministry gave you.',
    },
    sold_out: {
      title: 'There are not that many left.',
      next: 'Ask for fewer, or ask the maker when there will be more.',
    },
    too_many_photos: {
      title: 'A product has up to eight photos.',
      next: 'Take one off and send again.',
    },
    no_label: {
      title: 'Labels are for food only.',
      next: 'This product is no food and needs no label.',
    },
    stall_open_already: {
      title: 'This permit has a stall.',
      next: 'Each permit has one stall; open that one.',
    },
  },
};

/** With those of its parts. */
export default {
  ...en,
  verbs: { ...en.verbs, ...materials.verbs, ...bazaars.verbs, ...requests.verbs },
  measures: { ...en.measures, ...materials.measures, ...bazaars.measures },
  fairKinds: bazaars.fairKinds,
  fairStates: bazaars.fairStates,
  criteria: bazaars.criteria,
  problems: { ...en.problems, ...materials.problems, ...bazaars.problems, ...requests.problems },
};
