{{ config(materialized='table') }}
{{ goldloop.point_in_time_join(
    "(select * from (values ('a', 1, 5), ('a', 1, 10), ('a', 2, 10), ('b', 1, 10), ('a', 1, 1)) as t(customer, shop, moment))",
    "(select * from (values ('a', 1, 3, 30), ('a', 1, 10, 100), ('a', 1, 11, 110), ('b', 1, 11, 7)) as t(customer, shop, known_at, spent))",
    ['customer', 'shop'], 'moment', 'known_at', ['spent']
) }}
