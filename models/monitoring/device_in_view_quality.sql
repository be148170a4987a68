{#-
    How well photographs of no device or several are found: by the serving model
    on the panel's photographs, where they are more frequent than among uploads,
    and live, by the first word of earlier builds on uploads that no agent had
    looked at yet.
-#}

with

holdout as (

    {{ goldloop.predict(
        ref('device_in_view'),
        ref('in_view_holdout_photographs'),
        columns=['photo_id', 'in_view']
    ) }}

),

views as (

    select *
    from {{ ref('bronze_photo_views') }}
    qualify row_number() over (
        partition by photo_id
        order by _predicted_at, _model_version
    ) = 1

),

checks as (

    select * from {{ ref('photo_checks') }}

),

judged as (

    select
        'holdout' as measured_on,
        in_view,
        predicted_in_view
    from holdout
    union all
    select
        'live' as measured_on,
        checks.in_view,
        views.predicted_in_view
    from views
    inner join checks
        on views.photo_id = checks.photo_id
    where checks.labelled_at::date > views.as_of

),

answers as (

    select
        measured_on,
        in_view,
        predicted_in_view
    from judged
    union all
    -- What matters to the customer: asked for another photograph or not.
    select
        measured_on,
        if(in_view != 'one_device', 'retake', null) as in_view,
        if(predicted_in_view != 'one_device', 'retake', null)
            as predicted_in_view
    from judged

),

labels as (

    select distinct measured_on, in_view
    from answers
    where in_view is not null

),

final as (

    select
        labels.measured_on,
        labels.in_view,
        count(*) filter (answers.in_view = labels.in_view) as n_photographs,
        count(*) filter (answers.predicted_in_view = labels.in_view)
            as n_predicted,
        count(*) filter (
            answers.in_view = labels.in_view
            and answers.predicted_in_view = labels.in_view
        ) as n_right,
        round(n_right / nullif(n_predicted, 0), 4) as precision,
        round(n_right / n_photographs, 4) as recall
    from labels
    inner join answers
        on labels.measured_on = answers.measured_on
    group by labels.measured_on, labels.in_view

)

select * from final
order by measured_on, in_view
