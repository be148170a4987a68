{#-
    The training phrases as messages: their text, what fills a slot in it, and
    what is around them. A device's words are a product of the catalogue, half
    of the time with its kind.
-#}

with

phrases as (

    select
        'P-' || left(md5(phrase), 12) as message_id,
        said_after as previous_act,
        intent,
        md5_number_lower(phrase) as draw,
        regexp_extract_all(phrase, '\[[^\]]*\]\(\w+\)|[^\[]+') as pieces
    from {{ ref('training_phrases') }}

),

products as (

    select
        product_name,
        device_kind,
        row_number() over (order by product_id) - 1 as product_number,
        count(*) over () as n_products
    from {{ ref('dim_product') }}

),

pieces as (

    select
        * exclude (pieces),
        generate_subscripts(pieces, 1) as piece_number,
        unnest(pieces) as piece
    from phrases

),

filled as (

    select
        pieces.message_id,
        pieces.previous_act,
        pieces.intent,
        pieces.piece_number,
        nullif(regexp_extract(pieces.piece, '\]\((\w+)\)$', 1), '') as slot,
        case
            when slot is null then pieces.piece
            when slot != 'device' then regexp_extract(pieces.piece, '^\[([^\]]*)\]', 1)
            when pieces.draw % 2 = 0 then products.product_name
            else products.product_name || ' ' || products.device_kind
        end as words
    from pieces
    inner join products
        on pieces.draw // 2 % products.n_products = products.product_number

),

placed as (

    select
        *,
        sum(length(words)) over (
            partition by message_id order by piece_number
        )::integer as ends_at
    from filled

),

messages as (

    select
        message_id,
        previous_act,
        intent,
        string_agg(words, '' order by piece_number) as text,
        to_json(coalesce(
            list(
                {
                    slot: slot,
                    begins_at: ends_at - length(words),
                    ends_at: ends_at,
                    text: words
                } order by piece_number
            ) filter (slot is not null),
            []
        )) as slots
    from placed
    group by message_id, previous_act, intent

),

named as (

    {{ products_named('messages', ref('dim_product')) }}

),

final as (

    {{ with_intent_context('messages', 'named') }}

)

select * from final
