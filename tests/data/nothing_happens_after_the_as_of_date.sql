-- Time is data: what lies beyond the as-of date must be invisible in silver.

{% set event_times = [
    ('sales', 'ordered_at'),
    ('customers', 'updated_at'),
    ('repair_requests', 'requested_at'),
    ('quote_decisions', 'decided_at'),
    ('repair_labels', 'labelled_at'),
    ('photo_checks', 'labelled_at'),
    ('holdout_labels', 'labelled_at'),
    ('factory_labels', 'labelled_at'),
    ('damage_labels', 'labelled_at'),
    ('batch_audits', 'audited_at'),
    ('photographs', 'taken_at'),
    ('chat_messages', 'sent_at'),
    ('message_annotations', 'labelled_at'),
    ('reviews', 'rated_at'),
    ('returns', 'returned_at'),
    ('inventory', 'counted_on'),
] -%}

{% for name, event_at in event_times -%}
select
    '{{ name }}' as model,
    max({{ event_at }})::timestamp as latest
from {{ ref(name) }}
having max({{ event_at }})::date > {{ goldloop.as_of() }}
{% if not loop.last -%}
union all
{% endif -%}
{% endfor %}
