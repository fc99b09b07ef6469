-- Gives every existing user 100 credits, once: the ledger row of each has an id of its own, and who has that row already
-- gets nothing. So it can be run again, also after new users came. For SQLite.
begin immediate;

insert into transactions (id, user_id, action, amount, balance_before, balance_after, metadata)
select 'initial-grant:' || u.id, u.id, 'initial-grant', 100, u.credits, u.credits + 100, '{"pending":true}'
from users u
where not exists (select 1 from transactions t where t.id = 'initial-grant:' || u.id);

update users
set credits = credits + 100
where exists (
  select 1 from transactions t
  where t.id = 'initial-grant:' || users.id
  and json_extract(t.metadata, '$.pending') = 1
);

update transactions set metadata = '{}' where action = 'initial-grant' and json_extract(metadata, '$.pending') = 1;

commit;
