{#-
    A unit's label: what an inspector said on the spot or later, as last put
    right. A correction counts as a confirmation by whom and when it was made.
-#}

with

inspections as (

    select * from {{ ref('factory_inspections') }}

),

later as (

    {{ accepted('inspector_labels') }}

),

versions as (

    select
        unit_id,
        inspector_label as damage_type,
        null::varchar as labelled_by,
        inspected_at as labelled_at,
        0 as position
    from inspections
    where inspector_label is not null
    union all
    select
        unit_id,
        damage_type,
        inspector_id as labelled_by,
        labelled_at,
        row_number()
            over (order by _landed_on, _file_name, _row_number) as position
    from later

),

numbered as (

    select
        *,
        count(*) over (partition by unit_id) as n_labels,
        count(distinct damage_type) over (partition by unit_id) as n_opinions,
        first_value(damage_type) over (
            partition by unit_id
            order by labelled_at, position
        ) as first_damage_type
    from versions

),

final as (

    select
        unit_id,
        damage_type,
        first_damage_type,
        labelled_by,
        n_labels,
        n_opinions > 1 as is_corrected,
        'human_confirmed' as label_source,
        labelled_at
    from numbered
    qualify row_number() over (
        partition by unit_id
        order by labelled_at desc, position desc
    ) = 1

)

select * from final
