{{ goldloop.evaluate(
    ref('repair_cost'),
    '(select * from ' ~ ref('gold_repair_outcomes')
    ~ ' where repair_cost is not null)'
) }}
