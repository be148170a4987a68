{% macro goldloop__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__listagg(measure, delimiter_text, order_by_clause, limit_num)) }}
    {%- endif -%}
    string_agg(
        {{ measure }}, {{ delimiter_text }}
        {{- ' ' ~ order_by_clause if order_by_clause }}
        {{- ' limit ' ~ limit_num if limit_num }}
    )
{%- endmacro %}
