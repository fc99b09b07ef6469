-- Gives every existing user 100 credits, once: the ledger row of each has an id of its own, and who has that row already
-- gets nothing. So it can be run again, also after new users came. For MySQL 8 and MariaDB.
start transaction;

insert into transactions (id, user_id, action, amount, balance_before, balance_after, metadata)
select concat('initial-grant:', u.id), u.id, 'initial-grant', 100, u.credits, u.credits + 100, '{"pending": true}'
from users u
left join transactions t on t.id = concat('initial-grant:', u.id)
where t.id is null
for update;

update users u
join transactions t on t.id = concat('initial-grant:', u.id)
set u.credits = u.credits + 100, t.metadata = '{}'
where json_extract(t.metadata, '$.pending') = true;

commit;
