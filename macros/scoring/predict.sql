{% macro predict(model, source, threshold=none, columns=none) -%}
    {{ return(adapter.dispatch('predict', 'goldloop')(model, source, threshold, columns)) }}
{%- endmacro %}

{% macro default__predict(model, source, threshold=none, columns=none) -%}
    {{ goldloop._raise_unsupported('predict') }}
{%- endmacro %}

{% macro duckdb__predict(model, source, threshold=none, columns=none) -%}
    {%- if columns is string -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.predict: `columns` must be a list of the source's columns, got "
            ~ columns | tojson ~ ". Write columns=[" ~ columns | tojson ~ "]."
        ) }}
    {%- endif -%}
    {%- set kept = ['_goldloop_row.*'] if columns is none else [] -%}
    {%- for column in columns or [] -%}
        {%- do kept.append('_goldloop_row.' ~ adapter.quote(column)) -%}
    {%- endfor -%}
    {%- do kept.append(goldloop._predictions('predict', model, '_goldloop_row', threshold)) -%}
    select {{ kept | join(', ') }}
    from {{ goldloop._rows('predict', source) }} as _goldloop_row
{%- endmacro %}
