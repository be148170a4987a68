{#- A statement that trains `relation` on the query `sql` by the node's ml_config. -#}
{% macro create_model_as(relation, sql) -%}
    {%- set statement_sql -%}
        create or replace model {{ dbt_ml._relation('create_model_as', relation) }}
        {{ dbt_ml.model_options(dbt_ml.config_meta_get('ml_config', {}), config.get('labels')) }}
        as {{ sql }}
    {%- endset -%}
    select goldloop_run({{ dbt_ml._literal(statement_sql) }})
{%- endmacro %}
