import type { RequestWords } from './fa.ts';

const en: RequestWords = {
  verbs: {
    askMakers: 'Ask several makers',
    acceptPledges: 'Accept pledges',
    cancelRequest: 'Take a request back',
  },
  sms: {
    asked: 'Karkhaneh: a buyer wants many of “{title}”. Pledge your part under “my stall”.',
  },
  problems: {
    request_over: {
      title: 'This request takes no pledges any more.',
      next: 'Look at the other open requests.',
    },
    pledged_already: {
      title: 'This stall has a pledge for this request.',
      next: 'Take the earlier pledge back first.',
    },
    pledge_gone: {
      title: 'This pledge stands no more.',
      next: 'Load the page anew and choose among those that are left.',
    },
    dearer_than_asked: {
      title: 'This is dearer than the most that was asked for.',
      next: 'Lower the price of one to that.',
    },
    later_than_asked: {
      title: 'This is later than the day that was asked for: {day}',
      next: 'Write an earlier day, or pledge fewer that are ready by then.',
    },
    more_than_pledged: {
      title: 'This is more than the maker pledged.',
      next: 'Take of each pledge once, and no more than it has.',
    },
    more_than_asked: {
      title: 'Together this is more than the {asked} that you asked for.',
      next: 'Take less of one of the pledges.',
    },
  },
};

export default en;
