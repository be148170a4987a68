{%- set damage_types = "('none', 'scratch', 'crack', 'dent', 'water', "
    ~ "'screen_fault')" -%}
{#- A conversation is a list of messages, each with a role, a time and a text. -#}
{%- set messages = "messages is not null and coalesce(len(list_filter("
    ~ "try_cast(messages as json[]), lambda message: "
    ~ "try_cast(message ->> 'at' as timestamp) is null "
    ~ "or message ->> 'text' is null "
    ~ "or coalesce(message ->> 'role', '') not in ('customer', 'agent'))) > 0, "
    ~ "true)" -%}
{%- set rules = [
    ('sales', 'quantity', 'quantity <= 0'),
    ('sales', 'discount', 'discount not between 0 and 1'),
    ('purchase_orders', 'quantity', 'quantity <= 0'),
    ('inventory', 'on_hand', 'on_hand < 0'),
    ('returns', 'quantity', 'quantity <= 0'),
    ('reviews', 'rating', 'rating not between -4 and 4'),
    ('repair_requests', 'device_age_days', 'device_age_days < 0'),
    ('repair_chats', 'messages', messages),
    ('dialogue_panel', 'messages', messages),
    ('quote_decisions', 'quoted_price', 'quoted_price < 0'),
    ('repair_outcomes', 'severity', 'severity not between 0 and 1'),
    ('repair_outcomes', 'damage_type', 'damage_type not in ' ~ damage_types),
    ('inspector_labels', 'damage_type', 'damage_type not in ' ~ damage_types),
    ('batch_audits', 'n_defective', 'n_defective not between 0 and n_units'),
    ('factory_holdout_labels', 'damage_type', 'damage_type not in '
        ~ damage_types),
    ('holdout_labels', 'severity', 'severity not between 0 and 1'),
    ('holdout_labels', 'damage_type', 'damage_type not in ' ~ damage_types),
] -%}

with

final as (

    {% for feed, name, condition in rules %}
    {{ quarantined(feed, "'impossible_value'", "'" ~ name ~ "'") }}
    where {{ condition }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {% endfor %}

)

select * from final
