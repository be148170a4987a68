select * from (values ('sales', 1), ('sales', 2), ('chats', 3)) as t(feed, line)
