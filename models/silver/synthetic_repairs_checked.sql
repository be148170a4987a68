{#- Made repairs of the current batch, each with the rules of the domain it breaks. -#}
{{ config(materialized='view') }}

with

made as (

    {{ current_batch(ref('bronze_synthetic_repairs'), 'repairs') }}

),

final as (

    select
        *,
        {{ broken_rules(var('synthetic_repair_rules')) }} as broken_rules
    from made

)

select * from final
