{% macro predict(model, source, threshold=none, columns=none, version=none) -%}
    {{ return(adapter.dispatch('predict', 'goldloop')(model, source, threshold, columns, version)) }}
{%- endmacro %}

{% macro default__predict(model, source, threshold=none, columns=none, version=none) -%}
    {{ goldloop._raise_unsupported('predict') }}
{%- endmacro %}

{% macro duckdb__predict(model, source, threshold=none, columns=none, version=none) -%}
    {%- if columns is string -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.predict: `columns` must be a list of the source's columns, got "
            ~ columns | tojson ~ ". Write columns=[" ~ columns | tojson ~ "]."
        ) }}
    {%- endif -%}
    {%- set kept = ['* exclude (_goldloop_prediction)'] if columns is none else [] -%}
    {%- for column in columns or [] -%}
        {%- do kept.append(adapter.quote(column)) -%}
    {%- endfor -%}
    {%- do kept.append('unnest(_goldloop_prediction)') -%}
    {#- Unnested outside, as DuckDB cannot unnest what subqueries give (matrix factorisation). -#}
    select {{ kept | join(', ') }}
    from (
        select
            _goldloop_row.*,
            {{ goldloop._prediction('predict', model, '_goldloop_row', threshold, version) }}
                as _goldloop_prediction
        from {{ goldloop._rows('predict', source) }} as _goldloop_row
    ) as _goldloop_scored
{%- endmacro %}
