{#
    A condition: whether made rows of a feed may be learned from. Their generator must be kept by
    `monitoring.synthetic_benefit`, unless a variable says always or never.

    Args:
        feed: photographs or repairs.
        learns: where_it_helps, always or never.
#}
{% macro where_synthetic_is_kept(feed, learns) %}
    {%- if learns == 'always' -%}
    true
    {%- elif learns == 'never' -%}
    false
    {%- elif learns == 'where_it_helps' -%}
    generator in (
        select recipe
        from {{ ref('synthetic_benefit') }}
        where feed = '{{ feed }}' and is_kept
    )
    {%- else -%}
    error('{{ learns }}: not where_it_helps, always or never')
    {%- endif -%}
{%- endmacro %}
