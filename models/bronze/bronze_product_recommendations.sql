{#- Of earlier builds only: this build's inferences are the next one's source. -#}

with

inferred as (

    select * from {{ source('inference', 'product_recommendations') }}

),

final as (

    select *
    from inferred
    where
        _invocation_id <> '{{ invocation_id }}'
        {%- if is_incremental() %}
        and _predicted_at > (
            select coalesce(max(_predicted_at), '-infinity') from {{ this }}
        )
        {%- endif %}

)

select * from final
