{#
    The state of a conversation after each message of the customer: what has
    been told, what is missing, and what the shop does next.

    A message whose intent is less probable than `dialogue_unsure_below` is
    unsure, unless it tells what had been asked, or gives a telephone number, an
    e-mail address or a product, or, if it seems to inform, a name or a day:
    then it informs. After one unsure message the bot asks again, after two in a
    row a person takes over. The device is what the shop offered to repair until
    the customer names another.

    Args:
        turns: relation that `customer_turns` makes.
        intents: relation of message_id, predicted_intent,
            predicted_intent_probs and _model_version.
        slots: relation that `message_slots` makes.
#}
{% macro dialogue_states(turns, intents, slots) -%}
{%- set kept = ['name', 'phone', 'email', 'product_id', 'damage', 'preferred_on'] -%}
    with

    understood as (

        select
            turns.message_id,
            turns.conversation_id,
            turns.message_number,
            turns.previous_act,
            turns.text,
            turns.offered_product_id,
            turns.sent_at,
            bool_or(turns.previous_act = 'quote') over (
                partition by turns.conversation_id
                order by turns.message_number
                rows between unbounded preceding and current row
            ) as is_quoted,
            intents.predicted_intent as intent,
            list_max(
                list_transform(
                    intents.predicted_intent_probs, lambda each: each.prob
                )
            ) as intent_probability,
            intents._model_version as intent_model_version,
            slots.* exclude (message_id),
            coalesce(
                case turns.previous_act
                    when 'ask_name' then slots.name is not null
                    when 'ask_contact'
                        then slots.phone is not null or slots.email is not null
                    when 'ask_device' then slots.product_id is not null
                    when 'ask_damage' then slots.damage is not null
                    when 'ask_date' then slots.preferred_on is not null
                    when 'ask_change' then
                        coalesce(
                            slots.name, slots.phone, slots.email,
                            slots.product_id, slots.damage,
                            slots.preferred_on::varchar
                        ) is not null
                end,
                false
            ) as is_answer
        from {{ turns }} as turns
        inner join {{ intents }} as intents
            on turns.message_id = intents.message_id
        inner join {{ slots }} as slots
            on turns.message_id = slots.message_id

    ),

    judged as (

        select
            *,
            intent_probability < {{ var('dialogue_unsure_below') }} as is_doubtful,
            is_answer
            or coalesce(phone, email, product_id) is not null
            or intent in ('inform', 'correct')
            and coalesce(name, preferred_on::varchar) is not null
                as is_telling,
            is_doubtful and not is_telling as is_unsure,
            case
                when is_doubtful and is_telling then 'inform'
                {#- Whoever gives a value says neither just yes nor just no. #}
                when
                    intent in ('confirm', 'deny')
                    and coalesce(
                        name, phone, email, product_id, preferred_on::varchar
                    ) is not null
                    then 'correct'
                else intent
            end as acted_as
        from understood

    ),

    {#-
        Short answers are taken whole: for the damage, and for a name without
        its capitals. Asked for the damage once more, a customer may have no
        other words, and is taken at these.
    #}
    worded as (

        select
            * replace (
                if(
                    name is null
                    and previous_act = 'ask_name'
                    and acted_as = 'inform'
                    and regexp_full_match(words, '[\p{L}''-]{2,} [\p{L}''-]{2,}')
                    and coalesce(damage, preferred_on::varchar) is null,
                    words,
                    name
                ) as name,
                if(
                    previous_act = 'ask_damage'
                    and is_quoted
                    and acted_as in ('describe_damage', 'inform')
                    and coalesce(name, phone, email, preferred_on::varchar) is null
                    and (
                        damage is null
                        or length(regexp_extract_all(words, '\S+')) <= 4
                    ),
                    words,
                    damage
                ) as damage
            )
        from (
            select
                *,
                if(is_unsure, null, rtrim(text, ' .!')) as words
            from judged
        )

    ),

    {# A message in another kind of turn tells nothing for the order. -#}
    telling as (

        select
            * replace (
                {%- for slot in kept %}
                if(
                    acted_as in (
                        'open_request', 'describe_damage', 'accept_quote', 'inform',
                        'correct'
                    )
                    or is_answer,
                    {{ slot }},
                    null
                ) as {{ slot }}{{ ',' if not loop.last }}
                {%- endfor %}
            )
        from worded

    ),

    filled as (

        select
            message_id,
            conversation_id,
            message_number,
            previous_act,
            sent_at,
            intent,
            intent_probability,
            acted_as,
            intent_model_version,
            last_value(slot_model_version ignore nulls) over so_far
                as slot_model_version,
            is_unsure,
            coalesce(lag(is_unsure) over conversation, false) as was_unsure,
            coalesce(
                bool_or(
                    acted_as = 'accept_quote' and previous_act = 'quote'
                    or previous_act in (
                        'ask_name', 'ask_contact', 'ask_device', 'ask_date',
                        'ask_change', 'confirm'
                    )
                ) over so_far,
                false
            ) as is_accepted,
            {%- for slot in kept %}
            {%- if slot == 'product_id' %}
            coalesce(
                last_value(product_id ignore nulls) over so_far, offered_product_id
            ) as product_id,
            {%- else %}
            last_value({{ slot }} ignore nulls) over so_far as {{ slot }},
            {%- endif %}
            last_value(if({{ slot }} is null, null, message_id) ignore nulls)
                over so_far as {{ slot }}_message_id{{ ',' if not loop.last }}
            {%- endfor %}
        from telling
        window
            conversation as (partition by conversation_id order by message_number),
            so_far as (
                partition by conversation_id
                order by message_number
                rows between unbounded preceding and current row
            )

    ),

    missing as (

        select
            *,
            list_filter(
                [
                    if(name is null, 'name', null),
                    if(phone is null and email is null, 'contact', null),
                    if(product_id is null, 'device', null),
                    if(damage is null, 'damage', null),
                    if(preferred_on is null, 'date', null)
                ],
                lambda slot: slot is not null
            ) as missing_slots
        from filled

    )

    select
        *,
        case
            when is_unsure and was_unsure then 'hand_over'
            when is_unsure then 'ask_again'
            when acted_as = 'ask_person' then 'hand_over'
            when acted_as in ('change_mind', 'decline_quote') then 'close'
            when not is_accepted then 'quote'
            when acted_as = 'deny' then 'ask_change'
            when missing_slots != [] then 'ask_' || missing_slots[1]
            when acted_as = 'confirm' and previous_act = 'confirm' then 'order'
            else 'confirm'
        end as next_action
    from missing
{%- endmacro %}
