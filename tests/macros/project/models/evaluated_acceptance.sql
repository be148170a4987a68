select 'default' as threshold, * from ({{ goldloop.evaluate(ref('acceptance'), ref('jobs')) }})
union all
select 'low' as threshold, * from ({{ goldloop.evaluate(ref('acceptance'), ref('jobs'), threshold=0.0) }})
