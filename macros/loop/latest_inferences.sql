{% macro latest_inferences(inferences, entity_key) -%}
    {{ return(adapter.dispatch('latest_inferences', 'goldloop')(inferences, entity_key)) }}
{%- endmacro %}

{% macro default__latest_inferences(inferences, entity_key) -%}
    {%- do goldloop._require_relation('latest_inferences', 'inferences', inferences) -%}
    {%- do goldloop._require_column_name('latest_inferences', 'entity_key', entity_key) -%}
    select *
    from {{ inferences }}
    qualify row_number() over (
        partition by {{ adapter.quote(entity_key) }}
        order by _predicted_at desc, _model_version desc
    ) = 1
{%- endmacro %}
