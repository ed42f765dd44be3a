// The form of comments: ALTCHA's proof of work from this house, then one request. No page needs it to be read.
const house = '/comments';
await import(`${house}/altcha.js`);
await import(`${house}/words.js`);

globalThis.$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker('/comments/pbkdf2.js'));

const form = document.querySelector('.comment-form');
const told = form?.querySelector('[data-told]');
const answering = form?.querySelector('[data-answering]');
let parent;

/** Answers to a comment, or to the bulletin when there is none. */
function answerTo(code) {
  parent = code;
  answering.hidden = code === undefined;
  form.querySelector('textarea').focus();
}

async function send(event) {
  event.preventDefault();
  const fields = new FormData(form);
  const altcha = fields.get('altcha');
  if (!altcha) {
    told.textContent = told.dataset.unproved;
    return;
  }
  const { number, version } = form.dataset;
  const body = { number, version: Number(version), text: fields.get('text'), altcha, parent };
  const headers = {
    'content-type': 'application/json',
    'accept-language': document.documentElement.lang,
  };
  const reply = await fetch('/api/comments', {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  }).catch(() => undefined);
  const problem = reply?.ok ? undefined : await reply?.json().catch(() => undefined);
  told.textContent = reply?.ok ? told.dataset.waiting : (problem?.title ?? told.dataset.failed);
  form.querySelector('altcha-widget').reset();
  if (!reply?.ok) return;
  form.querySelector('textarea').value = '';
  answerTo(undefined);
}

if (form) {
  form.hidden = false;
  form.addEventListener('submit', send);
  form.querySelector('[data-cancel]').addEventListener('click', () => answerTo(undefined));
  for (const button of document.querySelectorAll('[data-answer]')) {
    button.hidden = false;
    button.addEventListener('click', () => answerTo(button.dataset.answer));
  }
}
