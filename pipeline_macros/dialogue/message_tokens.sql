{#
    The words of messages and, as text for a vectorizer, what is around each:
    itself, its letters, two words on either side, their shapes, how far the
    sentence's next pause is, and what had been asked.

    Args:
        turns: relation of message_id, text and previous_act.
        products: relation of the products' names.
#}
{% macro message_tokens(turns, products) -%}
    with

    brands as (

        select distinct unnest(string_split(lower(product_name), ' ')) as word
        from {{ products }}

    ),

    pieces as (

        select
            message_id,
            previous_act,
            regexp_extract_all(text, '\s*\S+') as pieces
        from {{ turns }}

    ),

    unnested as (

        select
            message_id,
            previous_act,
            generate_subscripts(pieces, 1) as token_number,
            unnest(pieces) as piece
        from pieces

    ),

    placed as (

        select
            *,
            ltrim(piece) as token,
            sum(length(piece)) over (
                partition by message_id order by token_number
            )::integer as ends_at,
            lower(regexp_replace(ltrim(piece), '^[(]|[.,;:!?)]+$', '', 'g')) as word
        from unnested

    ),

    shaped as (

        select
            placed.*,
            regexp_extract(token, '[.,;:!?]$') as stop,
            token_number = 1
            or regexp_matches(lag(token) over around, '[.!?]$') as is_first,
            case
                when contains(token, '@') then '@'
                when regexp_full_match(placed.word, '(mon|tues|wednes|thurs|fri|satur|sun)day')
                    then 'weekday'
                when regexp_full_match(
                    placed.word,
                    'january|february|march|april|may|june|july|august|september'
                    || '|october|november|december'
                ) then 'month'
                when regexp_full_match(
                    placed.word,
                    'one|two|three|four|five|six|seven|eight|nine|ten'
                ) then 'number'
                when regexp_full_match(placed.word, 'days?|weeks?|today|tomorrow')
                    then 'days'
                when regexp_full_match(placed.word, '[0-9]+(st|nd|rd|th)?') then '9'
                when regexp_matches(placed.word, '[0-9]') then 'x9'
                when token[1] = upper(token[1]) and token[1] != lower(token[1])
                    then if(is_first, 'First', 'Upper')
                else 'lower'
            end || if(brands.word is null, '', '+brand') as shape
        from placed
        left join brands
            on placed.word = brands.word
        window around as (partition by message_id order by token_number)

    ),

    paused as (

        select
            *,
            count(*) over (
                partition by message_id, clause order by token_number desc
            ) - 1 as to_pause
        from (
            select
                *,
                coalesce(
                    sum((stop != '')::integer) over (
                        partition by message_id
                        order by token_number
                        rows between unbounded preceding and 1 preceding
                    ),
                    0
                ) as clause
            from shaped
        )

    )

    select
        message_id || ':' || token_number as token_id,
        message_id,
        token_number,
        token,
        (ends_at - length(token))::integer as begins_at,
        ends_at,
        concat_ws(
            ' ',
            'w=' || word,
            's=' || shape,
            array_to_string(
                list_transform(
                    range(1, greatest(length(word) - 1, 2)),
                    lambda i: 'l=' || word[i:i + 2]
                ),
                ' '
            ),
            'e=' || right(word, 3),
            'd=' || least(to_pause, 5),
            'a=' || previous_act || '|d=' || least(to_pause, 5),
            't=' || stop,
            'a=' || previous_act,
            'a=' || previous_act || '|s=' || shape,
            'p1=' || lag(word, 1, '^') over around,
            'p2=' || lag(word, 2, '^') over around
            || '_' || lag(word, 1, '^') over around,
            'p2=' || lag(word, 2, '^') over around,
            'ps=' || lag(shape || stop, 1, '^') over around,
            'pps=' || lag(shape || stop, 2, '^') over around,
            's=' || shape || '|ps=' || lag(shape || stop, 1, '^') over around,
            'n1=' || lead(word, 1, '$') over around,
            'n2=' || lead(word, 2, '$') over around,
            'ns=' || lead(shape, 1, '$') over around
        ) as context
    from paused
    window around as (partition by message_id order by token_number)
{%- endmacro %}
