{#-
    What people said of a device, one row a device: technicians of repairs,
    inspectors of units in the factory. The last word counts; that there were
    others, and what the first was, stays known. No model speaks here.
-#}

with

outcomes as (

    {{ accepted('repair_outcomes') }}

),

repairs as (

    select * from {{ ref('repair_labels') }}

),

units as (

    select * from {{ ref('factory_labels') }}

),

versions as (

    select
        request_id,
        count(*) as n_labels,
        count(distinct damage_type) > 1 as is_corrected,
        arg_min(damage_type, (updated_at, _landed_on, _row_number))
            as first_damage_type
    from outcomes
    where damage_type is not null
    group by request_id

),

final as (

    select
        'repair:' || repairs.request_id as label_id,
        'customer' as domain,
        repairs.request_id,
        null::varchar as unit_id,
        repairs.damage_type,
        repairs.severity,
        versions.first_damage_type,
        versions.n_labels,
        versions.is_corrected,
        repairs.label_source,
        repairs.labelled_by,
        repairs.labelled_at
    from repairs
    inner join versions
        on repairs.request_id = versions.request_id
    union all
    select
        'unit:' || unit_id as label_id,
        'factory' as domain,
        null::varchar as request_id,
        unit_id,
        damage_type,
        if(damage_type = 'none', 0.0, null)::double as severity,
        first_damage_type,
        n_labels,
        is_corrected,
        label_source,
        labelled_by,
        labelled_at
    from units

)

select * from final
