{#- Made photographs that the damage model learns from: none, unless they help it. -#}

with

made as (

    select * from {{ ref('synthetic_photographs') }}

),

final as (

    select
        photo_id,
        embedding,
        damage_type,
        labelled_until as labelled_at,
        label_source,
        generator,
        generator_version,
        training_fingerprint,
        seed::bigint as seed,
        made_at
    from made
    where
        {{ where_synthetic_is_kept(
            'photographs',
            var('damage_learns_from_synthetic')
        ) }}

)

select * from final
