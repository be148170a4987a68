{#- Made repairs that the model of costs learns from: none, unless they help it. -#}

with

made as (

    select * from {{ ref('synthetic_repairs') }}

),

final as (

    select
        synthetic_id,
        device_kind,
        brand,
        damage_type,
        severity,
        list_price,
        device_age_days::integer as device_age_days,
        is_under_warranty,
        repair_cost,
        label_source,
        generator,
        generator_version,
        training_fingerprint,
        seed::bigint as seed,
        made_at
    from made
    where
        {{ where_synthetic_is_kept(
            'repairs',
            var('cost_learns_from_synthetic')
        ) }}

)

select * from final
