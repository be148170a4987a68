{#-
    How well the models understand wordings by writers they never read, beside
    the random split that flatters; and orders that are right in every part.
-#}

with

intent_card as (

    select version, metrics
    from {{ ref('message_intent') }}
    where status = 'champion'

),

slot_card as (

    select version, metrics
    from {{ ref('message_slot') }}
    where status = 'champion'

),

told as (

    select
        if(panel.panel = 'test', 'holdout', panel.panel) as split,
        panel.outcome,
        orders.conversation_id is not null as is_ordered,
        orders.name = panel.name as is_name_right,
        orders.contact = panel.contact
            as is_contact_right,
        products.product_name = panel.product_name as is_device_right,
        lower(orders.damage) = lower(panel.damage) as is_damage_right,
        contains(lower(orders.damage), lower(panel.damage)) as is_damage_held,
        orders.preferred_on = panel.preferred_on as is_date_right
    from {{ ref('panel_orders') }} as panel
    left join (
        select *
        from {{ ref('dialogue_states') }}
        where next_action = 'order'
        qualify row_number() over (
            partition by conversation_id
            order by message_number
        ) = 1
    ) as orders
        on panel.conversation_id = orders.conversation_id
    left join {{ ref('dim_product') }} as products
        on orders.product_id = products.product_id

),

measured as (

    select
        'message_intent' as model,
        version,
        key as metric,
        value::double as value
    from intent_card, json_each(metrics)
    where regexp_matches(key, '^(development|holdout|random_split)_')
    union all
    select
        'message_slot' as model,
        version,
        key as metric,
        value::double as value
    from slot_card, json_each(metrics)
    where regexp_matches(key, '^(development|holdout|random_split)_')
    union all
    select
        'orders' as model,
        (select version from slot_card) as version,
        split || '_' || unnest([
            'ordered_of_panel_orders',
            'ordered_without_panel_order',
            'exact_orders',
            'exact_but_for_damage_words',
            'name_right_of_ordered',
            'contact_right_of_ordered',
            'device_right_of_ordered',
            'damage_right_of_ordered',
            'damage_held_of_ordered',
            'date_right_of_ordered'
        ]) as metric,
        unnest([
            avg(is_ordered::integer) filter (outcome = 'order'),
            avg(is_ordered::integer) filter (outcome != 'order'),
            avg(coalesce(
                is_name_right and is_contact_right and is_device_right
                and is_damage_right and is_date_right,
                false
            )::integer) filter (outcome = 'order'),
            avg(coalesce(
                is_name_right and is_contact_right and is_device_right
                and is_date_right,
                false
            )::integer) filter (outcome = 'order'),
            avg(is_name_right::integer) filter (outcome = 'order'),
            avg(is_contact_right::integer) filter (outcome = 'order'),
            avg(is_device_right::integer) filter (outcome = 'order'),
            avg(is_damage_right::integer) filter (outcome = 'order'),
            avg(is_damage_held::integer) filter (outcome = 'order'),
            avg(is_date_right::integer) filter (outcome = 'order')
        ]) as value
    from told
    group by split

),

final as (

    select
        model,
        version,
        metric,
        round(value, 4) as value
    from measured

)

select * from final
order by model, metric
