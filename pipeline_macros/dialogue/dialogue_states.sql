{#
    The state of a conversation after each message of the customer: what has
    been told, what is missing, and what the shop does next.

    A message is doubtful if its intent is less probable than
    `dialogue_unsure_below`; the intents that tell something for the order count
    together, as the shop acts alike on them. A doubtful message that gives a
    value informs, unless it may well be a question, a refusal or a call for a person;
    any other is unsure. An unsure message tells nothing, accepts nothing and is
    asked for again; after two in a row a person takes over. So does one where the
    customer wants another device than the one quoted for, or has answered the
    same question three times in vain.

    The device is what the shop offered to repair until the customer names
    another. A yes or no that gives a value which was not known is a correction;
    a correction that gives none is asked for again, and a yes after a doubtful
    message books only what has been repeated.

    Args:
        turns: relation that `customer_turns` makes.
        intents: relation of message_id, predicted_intent,
            predicted_intent_probs and _model_version.
        slots: relation that `message_slots` makes.
#}
{% macro dialogue_states(turns, intents, slots) -%}
{%- set kept = ['name', 'phone', 'email', 'product_id', 'damage', 'preferred_on'] -%}
{%- set tells = "('open_request', 'describe_damage', 'inform', 'correct')" -%}
{%- set differs = "('ask_price', 'ask_duration', 'ask_warranty', 'ask_person', "
    ~ "'change_mind', 'decline_quote')" -%}
    with

    understood as (

        select
            turns.message_id,
            turns.conversation_id,
            turns.message_number,
            turns.previous_act,
            rtrim(turns.text, ' .!') as whole_text,
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
            {{ probability_of('intents.predicted_intent_probs', tells) }} as telling_probability,
            {{ probability_of('intents.predicted_intent_probs', differs) }} as differing_probability,
            intents._model_version as intent_model_version,
            slots.* exclude (message_id)
        from {{ turns }} as turns
        inner join {{ intents }} as intents
            on turns.message_id = intents.message_id
        inner join {{ slots }} as slots
            on turns.message_id = slots.message_id

    ),

    doubted as (

        select
            *,
            if(intent in {{ tells }}, telling_probability, intent_probability)
            < {{ var('dialogue_unsure_below') }} as is_doubtful,
            coalesce(
                name, phone, email, product_id, preferred_on::varchar,
                if(previous_act = 'ask_damage', damage, null)
            ) is not null
            and differing_probability < 0.4 as is_giving,
            is_doubtful and not is_giving as is_unsure,
            if(is_doubtful and is_giving, 'inform', intent) as meant
        from understood

    ),

    {#-
        Answers are taken whole: one or two words for a name, without capitals
        or not; what is said of the damage, where the tagger found but a word of
        it, or the customer is asked once more and may have no other words.
    #}
    worded as (

        select
            * replace (
                if(
                    name is null
                    and previous_act = 'ask_name'
                    and meant = 'inform'
                    and regexp_full_match(
                        whole_text, '[\p{L}''-]{2,}( [\p{L}''-]{2,})?'
                    )
                    and not regexp_matches(
                        lower(whole_text),
                        '^(yes|yeah|yep|no|nope|ok|okay|sure|hi|hello|hey|thanks|why|what'
                        || '|who|how|the|it|same|you|as|never|dunno|huh|hmm?|erm?)\b'
                    )
                    and coalesce(damage, preferred_on::varchar) is null,
                    whole_text,
                    name
                ) as name,
                case
                    when
                        previous_act = 'ask_damage'
                        and (is_quoted or not contains(damage, ' '))
                        and meant in ('describe_damage', 'inform')
                        and coalesce(
                            name, phone, email, product_id, preferred_on::varchar
                        ) is null
                        and length(regexp_extract_all(whole_text, '\S+')) <= 20
                        then whole_text
                    when length(damage) > 3 then damage
                end as damage
            )
        from doubted

    ),

    {# A message in another kind of turn tells nothing for the order. -#}
    counted as (

        select
            * replace (
                {%- for slot in kept %}
                if(
                    not is_unsure
                    {%- if slot == 'product_id' %}
                    and (
                        offered_product_id is null
                        or meant = 'correct'
                        or previous_act in ('ask_device', 'ask_change')
                    )
                    {%- endif %}
                    and (
                        meant in {{ tells }}
                        or meant in ('accept_quote', 'confirm', 'deny')
                    ),
                    {{ slot }},
                    null
                ) as {{ slot }}{{ ',' if not loop.last }}
                {%- endfor %}
            )
        from worded

    ),

    compared as (

        select
            *,
            {%- for slot in kept %}
            coalesce({{ slot }} != last_value({{ slot }} ignore nulls) over before, false)
            {%- if not loop.last %}
            or
            {%- endif %}
            {%- endfor %} as is_changing,
            if(
                meant in ('confirm', 'deny') and is_changing, 'correct', meant
            ) as acted_as
        from counted
        window before as (
            partition by conversation_id
            order by message_number
            rows between unbounded preceding and 1 preceding
        )

    ),

    {# A damage once told is replaced on purpose only. -#}
    settled as (

        select
            * replace (
                if(
                    acted_as = 'correct'
                    or previous_act in ('ask_damage', 'ask_change')
                    or last_value(damage ignore nulls) over before is null,
                    damage,
                    null
                ) as damage
            )
        from compared
        window before as (
            partition by conversation_id
            order by message_number
            rows between unbounded preceding and 1 preceding
        )

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
            coalesce({{ kept | join('::varchar, ') }}::varchar) is null as is_empty,
            intent_model_version,
            offered_product_id,
            last_value(slot_model_version ignore nulls) over so_far
                as slot_model_version,
            is_unsure,
            coalesce(lag(is_unsure) over conversation, false) as was_unsure,
            coalesce(
                bool_or(
                    acted_as = 'accept_quote'
                    and not is_unsure
                    and previous_act = 'quote'
                    or previous_act in (
                        'ask_name', 'ask_contact', 'ask_device', 'ask_date',
                        'ask_change', 'confirm'
                    )
                ) over so_far,
                false
            ) as is_accepted,
            count(*) filter (acted_as in {{ tells }} and not is_unsure) over (
                partition by conversation_id, previous_act
                order by message_number
                rows between unbounded preceding and current row
            ) as n_answers,
            {%- for slot in kept if slot != 'product_id' %}
            last_value({{ slot }} ignore nulls) over so_far as {{ slot }},
            {%- endfor %}
            coalesce(
                last_value(product_id ignore nulls) over so_far, offered_product_id
            ) as product_id,
            last_value(coalesce(phone, email) ignore nulls) over so_far as contact,
            {%- for slot in kept %}
            last_value(if({{ slot }} is null, null, message_id) ignore nulls)
                over so_far as {{ slot }}_message_id,
            {%- endfor %}
            last_value(if(coalesce(phone, email) is null, null, message_id) ignore nulls)
                over so_far as contact_message_id
        from settled
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
                    if(contact is null, 'contact', null),
                    if(product_id is null, 'device', null),
                    if(damage is null, 'damage', null),
                    if(preferred_on is null, 'date', null)
                ],
                lambda slot: slot is not null
            ) as missing_slots
        from filled

    )

    select
        * exclude (n_answers, is_empty),
        case
            when is_unsure and was_unsure then 'hand_over'
            when is_unsure then 'ask_again'
            when acted_as = 'ask_person' then 'hand_over'
            when acted_as in ('change_mind', 'decline_quote') then 'close'
            when product_id != offered_product_id then 'hand_over'
            when not is_accepted then 'quote'
            when acted_as = 'deny' then 'ask_change'
            when acted_as = 'correct' and previous_act = 'confirm' and is_empty
                then 'ask_change'
            when n_answers >= 3 and previous_act = 'ask_' || missing_slots[1]
                then 'hand_over'
            when missing_slots != [] then 'ask_' || missing_slots[1]
            when acted_as = 'confirm' and previous_act = 'confirm' and not was_unsure
                then 'order'
            else 'confirm'
        end as next_action
    from missing
{%- endmacro %}
