{% macro as_of() -%}
    {{ return(adapter.dispatch('as_of', 'goldloop')()) }}
{%- endmacro %}

{% macro default__as_of() -%}
    {%- set day = goldloop._as_of_var() -%}
    {%- if day is none -%}
        {{ goldloop._raise_unsupported(
            'as_of', "Set the variable instead: --vars 'as_of: 2026-06-28'."
        ) }}
    {%- endif -%}
    cast('{{ day }}' as date)
{%- endmacro %}

{% macro duckdb__as_of() -%}
    {%- set day = goldloop._as_of_var() -%}
    {%- if day is none -%}
        {%- set path = var('landing_path', env_var('GOLDLOOP_LANDING', 'landing')) ~ '/as_of' -%}
        (select trim(content, e' \r\n')::date from read_text('{{ path | replace("'", "''") }}'))
    {%- else -%}
        cast('{{ day }}' as date)
    {%- endif -%}
{%- endmacro %}
