-- Gives every existing user 100 credits, once: the ledger row of each has an id of its own, and who has that row already
-- gets nothing. So it can be run again, also after new users came. For PostgreSQL.
with granted as (
  insert into transactions (id, user_id, action, amount, balance_before, balance_after)
  select 'initial-grant:' || u.id, u.id, 'initial-grant', 100, u.credits, u.credits + 100
  from (select id, credits from users order by id for no key update) u
  on conflict (id) do nothing
  returning user_id
)
update users set credits = credits + 100 from granted where users.id = granted.user_id;
