import { encodeCode } from '../../kit/code.ts';
import { type Html, html, ownScript } from '../../platform/html.ts';
import type { Version } from '../bulletins/version.ts';
import type { Visit } from '../layout.ts';
import { momentText } from '../roots/page.ts';
import { longestComment } from './contract.ts';
import type { ShownComment } from './queries.ts';

/** Deeper than this, answers stand below one another without going further in. */
const deepest = 4;

/** What readers said of a version, answers under what they answer, and the form for one more. */
export function commentsSection(
  visit: Visit,
  version: Version,
  comments: readonly ShownComment[],
): Html {
  const { say, formats } = visit;
  const below = Map.groupBy(comments, ({ parentId }) => parentId ?? '');
  const one = (comment: ShownComment, depth: number): Html => {
    const code = encodeCode(version.bulletin.provinceId, comment.id);
    const name = comment.office ? 'office' : 'reader';
    const moment = momentText(visit, comment.writtenAt.toISOString());
    const answers = below.get(comment.id) ?? [];
    return html`<li class="comment${comment.office && ' of-office'}" id="${`c-${code}`}">
<p class="soft"><strong>${say(`comments.${name}`)}</strong> <time datetime="${comment.writtenAt.toISOString()}">${moment}</time></p>
<p dir="auto" class="comment-text">${comment.body}</p>
<p class="no-print"><button type="button" class="button secondary" data-answer="${code}" hidden>${say('comments.answer')}</button></p>
${answers.length > 0 && html`<ol${depth < deepest && html` class="deeper"`}>${answers.map((next) => one(next, depth + 1))}</ol>`}
</li>`;
  };
  const top = below.get('') ?? [];
  return html`<section class="stack" id="comments">
<h2>${say('comments.heading')}</h2>
${top.length === 0 ? html`<p>${say('comments.none')}</p>` : html`<ol class="comments">${top.map((comment) => one(comment, 0))}</ol>`}
${form(visit, version)}
<p class="soft">${say('comments.rule', { most: formats.count(longestComment) })}</p>
</section>`;
}

/** Sent by a script of ours, since the proof of work needs one; without it, another way is named. */
function form({ say, language }: Visit, { bulletin, version }: Version): Html {
  return html`<noscript><p class="notice">${say('comments.noScript')}</p></noscript>
<form class="comment-form no-print" data-number="${bulletin.number}" data-version="${version}" hidden>
<p class="soft" data-answering hidden>${say('comments.answering')} <button type="button" class="button secondary" data-cancel>${say('comments.notAnswering')}</button></p>
<div class="field"><label for="comment-text">${say('comments.label')}</label>
<span class="hint" id="comment-hint">${say('comments.hint')}</span>
<textarea id="comment-text" name="text" rows="5" dir="auto" maxlength="${longestComment}" aria-describedby="comment-hint" required></textarea></div>
<altcha-widget challenge="/api/comments/challenge" language="${language}" name="altcha"></altcha-widget>
<p role="status" data-told data-waiting="${say('comments.waiting')}" data-failed="${say('comments.failed')}" data-unproved="${say('comments.unproved')}"></p>
<button class="button">${say('comments.send')}</button>
</form>
<link rel="stylesheet" href="/comments/altcha.css">
${ownScript('/comments/start.js')}`;
}
