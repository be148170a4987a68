{#
    One row a word of a message: its number, message, context, and as `tag` the
    slot whose span it touches, the first if there are two, else none.

    Args:
        tokens: a relation as `message_tokens`.
        annotations: a relation of messages with their `slots`, a JSON list of
            slot, begins_at and ends_at.
#}
{% macro tagged_tokens(tokens, annotations) %}
    select
        tokens.token_id,
        tokens.message_id,
        tokens.context,
        coalesce(spans.slot, 'none') as tag
    from {{ tokens }} as tokens
    left join (

        select
            message_id,
            slot ->> 'slot' as slot,
            (slot ->> 'begins_at')::integer as begins_at,
            (slot ->> 'ends_at')::integer as ends_at
        from (

            select
                message_id,
                unnest(slots::json[]) as slot
            from {{ annotations }}

        )

    ) as spans
        on
            tokens.message_id = spans.message_id
            and tokens.begins_at < spans.ends_at
            and tokens.ends_at > spans.begins_at
    qualify row_number() over (
        partition by tokens.token_id
        order by spans.begins_at
    ) = 1
{% endmacro %}
