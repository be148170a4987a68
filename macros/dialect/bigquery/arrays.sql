{#- Arrays. -#}
{% macro goldloop__array_construct(inputs, data_type) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__array_construct(inputs, data_type)) }}
    {%- endif -%}
    {%- set values = '[' ~ inputs | join(', ') ~ ']' -%}
    {{ values if inputs else 'cast([] as array<' ~ data_type ~ '>)' }}
{%- endmacro %}

{% macro goldloop__array_append(array, new_element) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__array_append(array, new_element)) }}
    {%- endif -%}
    array_concat({{ array }}, [{{ new_element }}])
{%- endmacro %}

{% macro goldloop__array_concat(array_1, array_2) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__array_concat(array_1, array_2)) }}
    {%- endif -%}
    array_concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}
