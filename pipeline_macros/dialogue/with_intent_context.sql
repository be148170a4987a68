{#
    Messages with `context`, as text for a vectorizer: what the shop had just
    said, which slots the message tells in a form that can be checked (a
    telephone number, an e-mail address, a day, a product of the catalogue),
    whether it asks, and each of these with what had been said.

    Args:
        turns: relation of message_id, text and previous_act.
        named: relation that `products_named` makes of the same messages.
#}
{% macro with_intent_context(turns, named) -%}
    select
        told.* exclude (tells),
        array_to_string(
            list_concat(
                ['a=' || previous_act],
                list_transform(tells, lambda each: 't=' || each),
                list_transform(
                    tells, lambda each: 'a=' || previous_act || '|t=' || each
                )
            ),
            ' '
        ) as context
    from (
        select
            turns.*,
            list_filter(
                [
                    if({{ phone_in('turns.text') }} is null, null, 'phone'),
                    if({{ email_in('turns.text') }} is null, null, 'email'),
                    {#- Any day would do to tell whether words mean one. #}
                    if(
                        {{ spoken_date('turns.text', "timestamp '2020-01-01'") }} is null,
                        null,
                        'date'
                    ),
                    if(named.product_id is null, null, 'device'),
                    if(contains(turns.text, '?'), 'question', 'statement')
                ],
                lambda each: each is not null
            ) as tells
        from {{ turns }} as turns
        left join {{ named }} as named
            on turns.message_id = named.message_id
    ) as told
{%- endmacro %}
