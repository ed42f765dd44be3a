-- Why a plan was drawn: the signs that it showed when it was.
alter table visit_candidates add column signs text[] not null default '{}';
