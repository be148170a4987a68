{#- The layers are the schemas, by their own names: bronze, silver, gold, ml, inference. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
