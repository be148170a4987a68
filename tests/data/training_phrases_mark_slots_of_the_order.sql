-- Marks that are none of the order's slots, or that did not come off.
with

examples as (

    select * from {{ ref('example_messages') }}

),

marked as (

    select
        message_id,
        text,
        unnest(slots::json[]) as slot
    from examples

)

select
    message_id,
    text
from marked
where
    slot ->> 'slot' not in ('name', 'phone', 'email', 'device', 'damage', 'date')
    or slot ->> 'text' = ''
union all
select
    message_id,
    text
from examples
where regexp_matches(text, '[\[\]]')
union all
-- A bracket that opens and never becomes a mark.
select
    phrase as message_id,
    phrase as text
from {{ ref('training_phrases') }}
where
    length(phrase) - length(replace(phrase, '[', ''))
    != (length(phrase) - length(replace(phrase, '](', ''))) / 2
