-- A covered person answers about a payment by SMS, too.
-- expand
-- What the message asks the answer to be sent with: unique among the open questions of a mobile in the province.
-- Empty on what was asked before, and where a hundred are open.
alter table pay_receipts
  add column sms_number smallint,
  add column answered_by_sms boolean not null default false;
grant update (answered_by_sms) on pay_receipts to karkhaneh_province;

-- Replies to what a mobile wrote are counted, so that two machines never go on answering each other.
alter table sms_outbox add column is_reply boolean not null default false;
