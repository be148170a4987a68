{#- Drops a model, all its versions. -#}
{% macro drop_model(relation) -%}
    {%- set text = 'drop model if exists ' ~ dbt_ml._relation('drop_model', relation) -%}
    {%- do run_query('select goldloop_run(' ~ dbt_ml._literal(text) ~ ')') -%}
{%- endmacro %}
