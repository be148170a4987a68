{% macro earlier_inferences(source) -%}
    {{ return(adapter.dispatch('earlier_inferences', 'goldloop')(source)) }}
{%- endmacro %}

{% macro default__earlier_inferences(source) -%}
    {%- do goldloop._require_relation('earlier_inferences', 'source', source) -%}
    select *
    from {{ source }}
    where
        _invocation_id <> '{{ invocation_id }}'
        {%- if is_incremental() %}
        and _predicted_at > (
            select coalesce(max(_predicted_at), '-infinity') from {{ this }}
        )
        {%- endif %}
{%- endmacro %}
