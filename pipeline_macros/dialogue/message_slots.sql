{#
    What each message tells for the order: the tagged spans, and what formats
    check: phone, e-mail, the day that a date means, the product of a device,
    tagged or named in full.

    Args:
        turns: relation of message_id, text, previous_act and sent_at.
        tags: relation of message_id, token_number, token, predicted_tag,
            predicted_tag_probs and _model_version.
        products: relation of product_id, product_name and device_kind.
#}
{% macro message_slots(turns, tags, products) -%}
    with

    {# A span ends where the sentence pauses. -#}
    clauses as (

        select
            *,
            coalesce(
                sum(is_pause::integer) over (
                    partition by message_id
                    order by token_number
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as clause
        from (
            select
                * replace (
                    -- Nobody is called by an address or a number.
                    if(
                        predicted_tag = 'name' and regexp_matches(token, '[@\d]'),
                        'none',
                        predicted_tag
                    ) as predicted_tag
                ),
                regexp_matches(token, '[.,;!?]$') as is_pause
            from {{ tags }}
        )

    ),

    {#- A capital right after a first name goes with it, unless surely no name. #}
    with_surnames as (

        select
            * replace (
                if(
                    predicted_tag = 'none'
                    and lag(predicted_tag) over around = 'name'
                    and lag(clause) over around = clause
                    and regexp_matches(token, '^\p{Lu}\p{Ll}')
                    and {{ probability_of('predicted_tag_probs', "('name')") }} >= 0.1,
                    'name',
                    predicted_tag
                ) as predicted_tag
            )
        from clauses
        window around as (partition by message_id order by token_number)

    ),

    runs as (

        select
            *,
            token_number - row_number() over (
                partition by message_id, predicted_tag order by token_number
            ) as run,
            list_max(list_transform(predicted_tag_probs, lambda each: each.prob))
                as probability
        from with_surnames
        where predicted_tag not in ('none', 'phone', 'email')

    ),

    spans as (

        select
            message_id,
            predicted_tag as slot,
            regexp_replace(
                string_agg(token, ' ' order by token_number), '[.,;:!?-]+$', ''
            ) as span,
            min(probability) as probability,
            max(token_number) as last_token,
            max(_model_version) as _model_version
        from runs
        group by message_id, predicted_tag, run, clause

    ),

    {# Of two spans of one kind the last: "not this but that". -#}
    told as (

        select
            message_id,
            {%- for slot in ['name', 'device', 'damage', 'date'] %}
            arg_max(span, last_token) filter (slot = '{{ slot }}') as {{ slot }},
            {%- endfor %}
            min(probability) as probability,
            max(_model_version) as _model_version
        from spans
        group by message_id

    ),

    devices as (

        select
            told.message_id,
            arg_max(
                products.product_id,
                jaro_winkler_similarity(
                    lower(told.device), lower(product_name || ' ' || device_kind)
                )
            ) filter (
                contains(
                    ' ' || lower(told.device) || ' ', ' ' || lower(product_name) || ' '
                )
                or jaro_winkler_similarity(
                    lower(told.device), lower(product_name || ' ' || device_kind)
                ) > 0.97
            ) as product_id
        from told
        cross join {{ products }} as products
        where told.device is not null
        group by told.message_id

    ),

    named_devices as (

        {{ products_named(turns, products) }}

    )

    select
        turns.message_id,
        told.name,
        {{ phone_in('turns.text') }} as phone,
        {{ email_in('turns.text') }} as email,
        told.device,
        coalesce(devices.product_id, named_devices.product_id) as product_id,
        told.damage,
        told.date as date_words,
        coalesce(
            {#- A tag of "tomorrow" without all of "day after" is a day short. #}
            {{ spoken_date(
                "if(contains(lower(told.date), 'tomorrow') "
                ~ "and contains(lower(turns.text), 'day after tomorrow'), "
                ~ "'day after tomorrow', told.date)",
                'turns.sent_at'
            ) }},
            {#- Without a tag a day may be that of the accident, or just a good one. #}
            if(
                turns.previous_act in ('none', 'ask_damage', 'quote'),
                null,
                {{ spoken_date(
                    "if(turns.previous_act in ('ask_date', 'ask_change'), turns.text, "
                    ~ "replace(lower(turns.text), 'today', ''))",
                    'turns.sent_at'
                ) }}
            )
        ) as preferred_on,
        told.probability as slot_probability,
        told._model_version as slot_model_version
    from {{ turns }} as turns
    left join told
        on turns.message_id = told.message_id
    left join devices
        on turns.message_id = devices.message_id
    left join named_devices
        on turns.message_id = named_devices.message_id
{%- endmacro %}
