{#- The reference project's schemas are its layers, by their own names: bronze, silver, gold, ml,
    inference, monitoring. dbt asks only the root project (and a package for its own models, of
    which this one has none) how schemas are named, so nothing changes where it is installed. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
