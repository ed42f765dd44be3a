import type { MaterialWords } from './fa.ts';

const en: MaterialWords = {
  verbs: {
    listMaterials: 'See materials',
    addMaterial: 'Add a material',
    listSuppliers: 'See suppliers',
    registerSupplier: 'Register a supplier',
    endSupplier: 'End a supplier',
    listPurchases: 'See pooled purchases',
    showPurchase: 'See a pooled purchase',
    openPurchase: 'Open a pooled purchase',
    closePurchase: 'Close joining',
    cancelPurchase: 'Cancel a pooled purchase',
    showMySupply: 'See one’s own supplying',
    offer: 'Offer a price',
    withdrawOffer: 'Withdraw an offer',
    chooseOffer: 'Choose an offer and order',
    deliver: 'Record a delivery',
    deliverPart: 'Part delivered',
    deliverRest: 'Rest delivered',
    settlePurchase: 'Purchase ended',
    showMyNeeds: 'See one’s own needs',
    showPrices: 'See earlier prices',
    stateNeed: 'State a need for material',
    joinPurchase: 'Join a pooled purchase',
    leavePurchase: 'Leave a pooled purchase',
    withdrawNeed: 'Withdraw a need',
    allotShare: 'Share allotted',
    missOut: 'Left without a share',
    collect: 'Collect material',
    collectPart: 'Part of the share collected',
    collectRest: 'Share collected',
    payShare: 'Share paid',
    leaveBehind: 'Not collected in time',
    giveLeftover: 'What was left given to another',
    takeOver: 'Took what another left',
    returnLeftover: 'What was left returned to the supplier',
  },
  measures: {
    needs_pooled: {
      label: 'Needs met by pooled purchase',
      definition: 'Needs that were allotted a share of a pooled purchase in the period.',
    },
    pooled_purchases: {
      label: 'Pooled purchases of material',
      definition: 'Price and freight of the shares that were allotted in the period.',
    },
    materials_saved: {
      label: 'Saved on material',
      definition:
        'What was paid less than the recorded retail price, for material that was collected in the period.',
    },
  },
  units: {
    kilogram: 'kg',
    metre: 'm',
    square_metre: 'm²',
    litre: 'l',
    piece: 'pieces',
    hank: 'hanks',
  },
  sms: {
    invited:
      'Karkhaneh: a pooled purchase of {material} is open. Join it on your page under “Materials” until {day}.',
    allotted:
      'Karkhaneh: your share of the pooled purchase of {material} is {share}, for {amount} toman with freight. Collect at: {place}.',
    arrived: 'Karkhaneh: your {material} has come: {share}. Collect it at “{place}”.',
  },
  problems: {
    quantity_wrong: {
      title: 'This quantity does not fit the material’s unit.',
      next: 'What is counted is whole; the rest goes to hundredths of a metre or litre, and to grams.',
    },
    day_passed: { title: 'This day has passed.', next: 'Give a day from today on.' },
    breaks_wrong: {
      title: 'The price steps are not right.',
      next: 'Give them from small to large quantities; each larger one has a lower unit price.',
    },
    no_such_point: {
      title: 'This purchase has no such delivery point.',
      next: 'Choose one of the purchase’s own delivery points.',
    },
    purchase_unfit: {
      title: 'This purchase is not for this need.',
      next: 'Material and county have to be those of the need; what is left goes to somebody of the same purchase.',
    },
    purchase_closed: {
      title: 'Joining this purchase is over.',
      next: 'Your need stands; you will hear when another purchase opens.',
    },
    purchase_full: {
      title: 'This purchase has no more room.',
      next: 'Open another purchase for the same material.',
    },
    joined_already: {
      title: 'This permit has another need in the same purchase.',
      next: 'Withdraw the earlier one and state the quantity at once.',
    },
    not_in_purchase: {
      title: 'This need is in no purchase.',
      next: 'Load the page again; it may have left the purchase.',
    },
    offered_already: {
      title: 'This supplier has an offer for this purchase.',
      next: 'Withdraw the earlier offer, then make the new one.',
    },
    not_supplier: {
      title: 'This account is not a supplier’s.',
      next: 'The directorate registers suppliers; ask there.',
    },
    offer_over: {
      title: 'This offer does not stand any more.',
      next: 'Choose another, or ask the supplier for a new one.',
    },
    offer_unfit: {
      title: 'The purchase is below the least quantity of this offer.',
      next: 'Choose another offer.',
    },
    more_than_ordered: {
      title: 'That is more than was ordered.',
      next: 'Check the quantity and the delivery point.',
    },
    more_than_share: {
      title: 'That is more than is left of the share.',
      next: 'Check the quantity; empty means all that is left.',
    },
    more_than_owed: { title: 'That is more than is owed.', next: 'Check the amount.' },
    not_there_yet: {
      title: 'So much has not come to the delivery point yet.',
      next: 'Hand it out once the delivery is recorded.',
    },
    still_time: {
      title: 'There is still time to collect. {until}',
      next: 'When all was delivered and the time has passed, what is left can go to another.',
    },
    refund_too_large: {
      title: 'That is more than the price of what was left.',
      next: 'Freight is not refunded; check the amount.',
    },
    no_such_account: {
      title: 'There is no account of this name.',
      next: 'Give the mobile with which the supplier has signed in once, or leave this empty.',
    },
    supplier_known: {
      title: 'This account belongs to another supplier.',
      next: 'See the list of suppliers.',
    },
    supporter_unnamed: {
      title: 'A supplier that is a supporter says which one, and no other does.',
      next: 'Choose the supporter from the list; leave it empty for the other kinds.',
    },
    supporter_not_good: {
      title: 'This supporter may not supply materials now.',
      next: 'Only a supporter that its agency has found fit, that is not in default and whose permit is valid may. See the supporter’s page; where none is named, end this supplier and register it again with its supporter.',
    },
    material_known: {
      title: 'This material is in the list.',
      next: 'Use that one, so that its earlier prices stay together.',
    },
  },
};

export default en;
