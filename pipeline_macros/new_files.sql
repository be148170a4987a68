{#
    A DuckDB list of the paths of a feed's files that have landed by the as-of
    date and are not in the model yet; sorted, so that rows are numbered alike.

    Args:
        source: the feed's source, whose rows are its files.
#}
{% macro new_files(source) %}
{%- if not execute -%}
    {{ return("[]::varchar[]") }}
{%- endif -%}
{%- set query -%}
    select _file_path
    from {{ source }}
    where _landed_on <= {{ goldloop.as_of() }}
    {%- if is_incremental() %}
        and _file_name not in (select _file_name from {{ this }})
    {%- endif %}
    order by _file_path
{%- endset -%}
{%- set literals = [] -%}
{%- for path in run_query(query).columns[0].values() -%}
    {%- do literals.append("'" ~ path | replace("'", "''") ~ "'") -%}
{%- endfor -%}
{{ return("[" ~ literals | join(", ") ~ "]::varchar[]") }}
{% endmacro %}
