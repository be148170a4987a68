{#-
    For every order, recommendation and defect alert: how many predictions, model
    versions and landed records it can be traced to.
-#}

-- depends_on: {{ ref('quote_predictions') }}
-- depends_on: {{ ref('message_intents') }}
-- depends_on: {{ ref('message_slot_tags') }}
-- depends_on: {{ ref('photo_severities') }}
-- depends_on: {{ ref('bronze_quote_decisions') }}
-- depends_on: {{ ref('bronze_photo_manifest') }}
-- depends_on: {{ ref('bronze_batch_audits') }}
-- depends_on: {{ ref('bronze_customers') }}

with

orders as (

    {{ goldloop.trace(ref('fct_repair_orders')) | indent(4) }}

),

recommendations as (

    {{ goldloop.trace(ref('gold_product_recommendations')) | indent(4) }}

),

alerts as (

    {{ goldloop.trace(ref('defect_alerts')) | indent(4) }}

),

traced as (

    select
        'order' as output,
        *
    from orders
    union all
    select
        'recommendation' as output,
        *
    from recommendations
    union all
    select
        'defect_alert' as output,
        *
    from alerts

),

final as (

    select
        output,
        start_key,
        count(*) filter (model is not null) as n_predictions,
        count(distinct model || ' v' || version) as n_model_versions,
        list(distinct model order by model) filter (model is not null)
            as models,
        count(*) filter (file is not null) as n_source_records,
        count(distinct file) as n_source_files
    from traced
    group by output, start_key

)

select * from final
