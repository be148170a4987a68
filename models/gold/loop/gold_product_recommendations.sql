{#- The newest ten of each customer, with the reason in words and in columns. -#}
{{ config(alias='product_recommendations') }}

with

inferred as (

    select * from {{ ref('product_recommendations') }}

),

products as (

    select * from {{ ref('products') }}

),

interactions as (

    select * from {{ ref('customer_product_interactions') }}

),

newest as (

    select *
    from inferred
    qualify _predicted_at = max(_predicted_at) over (partition by customer_id)

),

named as (

    select
        newest.*,
        because.product_name as because_name,
        broken.product_name as broken_name,
        conditions.condition_request_id,
        conditions.damage_type,
        conditions.condition_source,
        conditions.condition_model_version,
        conditions.is_repair_declined,
        case
            when newest.broken_product_id is not null then 'replacement'
            when newest.because_product_id is not null then 'owned'
            else 'popular'
        end as reason_kind
    from newest
    left join products as because
        on newest.because_product_id = because.product_id
    left join products as broken
        on newest.broken_product_id = broken.product_id
    left join interactions as conditions
        on
            newest.customer_id = conditions.customer_id
            and newest.broken_product_id = conditions.product_id

),

final as (

    select
        customer_id,
        place as rank,
        product_id,
        known_by,
        reason_kind,
        case reason_kind
            when 'replacement' then broken_product_id
            when 'owned' then because_product_id
        end as reason_product_id,
        if(reason_kind = 'replacement', condition_request_id, null)
            as reason_request_id,
        case reason_kind
            when 'replacement'
                then
                    'replacement: your ' || device_kind || ' ' || broken_name
                    || ' has '
                    || if(damage_type = 'water', '', 'a ')
                    || if(replacement_severity >= 0.7, 'severe ', '')
                    || if(
                        damage_type = 'water',
                        'water damage',
                        replace(damage_type, '_', ' ')
                    )
                    || if(is_repair_declined, ' and is not repaired (', ' (')
                    || if(
                        condition_source = 'predicted',
                        'photo assessment v' || condition_model_version,
                        'confirmed by a technician'
                    )
                    || ')'
            when 'owned' then 'goes with your ' || because_name
            else 'popular with ' || segment || ' customers'
        end as reason,
        score,
        as_of,
        _model as model,
        _model_version as model_version,
        _predicted_at as predicted_at,
        _input_fingerprint as input_fingerprint
    from named

)

select * from final
