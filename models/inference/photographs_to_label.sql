{#-
    What people were asked to label, appended once for each model version that
    was uncertain.
-#}

with

asked as (

    select * from {{ ref('labelling_order') }}

),

final as (

    select
        photo_id,
        domain,
        device_id,
        device_kind,
        predicted_damage_type,
        probability,
        uncertainty,
        strategy,
        labelling_rank,
        {{ goldloop.as_of() }} as as_of,
        _model,
        _model_version,
        current_timestamp at time zone 'UTC' as _predicted_at,
        '{{ invocation_id }}' as _invocation_id,
        photo_id as _entity_key,
        md5(to_json(struct_pack(_predicted_at, uncertainty))::varchar)
            as _input_fingerprint
    from asked
    {%- if is_incremental() %}
    where
        (photo_id, _model, _model_version) not in (
            select (photo_id, _model, _model_version)
            from {{ this }}
        )
    {%- endif %}

)

select * from final
