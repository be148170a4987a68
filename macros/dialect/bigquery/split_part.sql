{% macro goldloop__split_part(string_text, delimiter_text, part_number) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__split_part(string_text, delimiter_text, part_number)) }}
    {%- endif -%}
    {%- set parts = 'split(' ~ string_text ~ ', ' ~ delimiter_text ~ ')' -%}
    {%- if part_number | int < 0 -%}
        {{ parts }}[safe_ordinal(array_length({{ parts }}) + 1 + {{ part_number }})]
    {%- else -%}
        {{ parts }}[safe_ordinal({{ part_number }})]
    {%- endif -%}
{%- endmacro %}
