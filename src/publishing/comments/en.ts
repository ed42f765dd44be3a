import type { CommentWords } from './fa.ts';

const en: CommentWords = {
  heading: 'Readers’ comments',
  none: 'No comment is shown yet.',
  reader: 'A reader',
  office: 'The office answers',
  answer: 'Answer this comment',
  answering: 'You are answering a comment.',
  notAnswering: 'No answer, a new comment',
  label: 'Your comment on this version',
  hint: 'Write no name, number or address, neither yours nor anybody’s; nobody asks who you are.',
  rule: 'Comments are shown when they have been read. One that names somebody, insults, or is not about this bulletin is kept away, with the reason. {most} characters at most.',
  noScript:
    'Writing a comment on this page needs JavaScript, because your browser has to do a little sum that keeps spam away. Without it, hand or post your comment with the number of this bulletin to the secretariat of the directorate; it is answered there.',
  send: 'Send the comment',
  waiting: 'Your comment has arrived. It is shown when it has been read.',
  failed:
    'The comment was not sent. Look at the connection and send it again; what you wrote is still there.',
  unproved: 'First tick “I’m not a robot” and wait a moment.',
};
export default en;
