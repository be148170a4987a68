with predicted as (
    {{ goldloop.predict(ref('acceptance'), "(select * from " ~ ref('jobs') ~ " where hours > 1)", threshold=0.2, columns=['job_id']) }}
)

select * from predicted
where predicted_accepted = 1
