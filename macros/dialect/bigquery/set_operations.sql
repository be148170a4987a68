{#- BigQuery's set operations say `distinct`. -#}
{% macro goldloop__except() -%}
    {{ 'except' if goldloop._sql_dialect() == 'duckdb' else 'except distinct' }}
{%- endmacro %}

{% macro goldloop__intersect() -%}
    {{ 'intersect' if goldloop._sql_dialect() == 'duckdb' else 'intersect distinct' }}
{%- endmacro %}
